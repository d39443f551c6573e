using System.Diagnostics;

namespace Aeos.ObjectStore.Azure.Tests.Azurite;

/// <summary>Azurite's npm package, installed at its first use into <c>tests/interop/azurite</c>.</summary>
internal static class AzuritePackage
{
    /// <summary>Installs it where it is not, and returns the folder.</summary>
    public static async Task<string> InstallAsync()
    {
        var folder = Path.Combine(RepositoryRoot(), "tests", "interop", "azurite");
        // Several test programs may come here at once.
        await using var turn = await TakeTurnAsync(Path.Combine(Path.GetTempPath(), "aeos-azurite-install.lock"));
        if (File.Exists(Path.Combine(folder, "node_modules", ".package-lock.json")))
        {
            return folder;
        }

        var start = new ProcessStartInfo("npm", ["ci", "--no-audit", "--no-fund", "--ignore-scripts"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var npm = Process.Start(start)!;
        var output = npm.StandardOutput.ReadToEndAsync();
        var errors = npm.StandardError.ReadToEndAsync();
        await npm.WaitForExitAsync();
        return npm.ExitCode == 0 ? folder : throw new InvalidOperationException($"npm ci in {folder} failed: {await output}{await errors}");
    }

    private static async Task<FileStream> TakeTurnAsync(string file)
    {
        while (true)
        {
            try
            {
                return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                await Task.Delay(100);
            }
        }
    }

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Aeos.slnx")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException($"{AppContext.BaseDirectory} is in no checkout of Aeos.");
        }

        return folder.FullName;
    }
}
