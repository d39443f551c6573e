namespace Aeos.GoPlugin.Tests.Fixtures;

/// <summary>A private folder that goes with the test. Its path is short, since a socket's path may have 107 bytes only.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("gop").FullName;

    public string Combine(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
