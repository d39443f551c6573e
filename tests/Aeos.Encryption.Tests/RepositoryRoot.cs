namespace Aeos.Encryption.Tests;

/// <summary>Finds files of the repository from where the tests run.</summary>
internal static class RepositoryRoot
{
    public static string PathTo(params string[] names)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Aeos.slnx")))
        {
            folder = folder.Parent;
        }

        return Path.Combine([folder?.FullName ?? throw new InvalidOperationException("The tests run outside the repository."), .. names]);
    }
}
