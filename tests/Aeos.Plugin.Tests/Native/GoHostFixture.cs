namespace Aeos.Plugin.Tests.Native;

/// <summary>Builds tests/interop/velero-host once.</summary>
public sealed class GoHostFixture : IAsyncLifetime
{
    /// <summary>What it is built with; of Debian's go-plugin a file by its path.</summary>
    public const string Go = "go", Protoc = "protoc", GoMessages = "protoc-gen-go",
        GoPlugin = "/usr/share/gocode/src/github.com/hashicorp/go-plugin/client.go";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("velero-host");

    public string Program => Path.Combine(_folder.FullName, "velero-host");

    public async Task InitializeAsync()
    {
        if (NativeBinary.Missing is not null || Tools.Missing(Go, Protoc, GoMessages, GoPlugin) is not null)
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
