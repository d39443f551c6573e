namespace Aeos.Server.Tests.Monitoring;

/// <summary>Finds the files of the folder <c>deploy/monitoring</c>.</summary>
internal static class DeployedFiles
{
    public static string Read(string name)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Aeos.slnx")))
        {
            folder = folder.Parent;
        }

        return File.ReadAllText(Path.Combine(folder.ShouldNotBeNull().FullName, "deploy", "monitoring", name));
    }
}
