namespace Aeos.Plugin.Tests.Native;

/// <summary>Builds tests/interop/velero-host once.</summary>
public sealed class GoHostFixture : IAsyncLifetime
{
    /// <summary>What it is built with, besides Debian's go-plugin.</summary>
    public const string Go = "go", Protoc = "protoc", GoMessages = "protoc-gen-go";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("velero-host");

    public string Program => Path.Combine(_folder.FullName, "velero-host");

    public async Task InitializeAsync()
    {
        if (NativeBinary.Missing is not null || Tools.Missing(Go, Protoc, GoMessages) is not null)
        {
            return;
        }

        var (exitCode, output) = await Tools.RunAsync("tests/interop/velero-host/build.sh", Program);
        exitCode.ShouldBe(0, output);
    }

    public Task DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return Task.CompletedTask;
    }
}
