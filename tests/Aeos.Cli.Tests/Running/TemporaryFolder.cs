namespace Aeos.Cli.Tests.Running;

/// <summary>A folder for one test; it goes with it.</summary>
public abstract class TemporaryFolder : IDisposable
{
    protected string Folder { get; } = Directory.CreateTempSubdirectory("aeos-cli-tests-").FullName;

    /// <summary>A path in the folder.</summary>
    protected string At(string name) => Path.Combine(Folder, name);

    /// <summary>Writes a file in the folder.</summary>
    protected string Write(string name, byte[] content)
    {
        File.WriteAllBytes(At(name), content);
        return At(name);
    }

    /// <summary>A new key's file in the folder.</summary>
    protected async Task<string> KeyAsync(string name = "test.key", string size = "bits256")
    {
        (await Running.AeosProcess.RunAsync("keygen", size, "--out", At(name))).ShouldBeDone();
        return At(name);
    }

    /// <summary>What is in the folder: nothing may be left behind.</summary>
    protected string[] Names() => [.. Directory.GetFileSystemEntries(Folder).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    public void Dispose()
    {
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }
}
