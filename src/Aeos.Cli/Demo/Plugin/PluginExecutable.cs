namespace Aeos.Cli.Demo.Plugin;

/// <summary>Finds the plugin: beside this program when both were published, in the folder <c>plugin</c> beside it when both were built.</summary>
internal static class PluginExecutable
{
    private const string Name = "velero-plugin-aeos";
    private const string BuiltFolder = "plugin";

    /// <summary>The plugin's path.</summary>
    /// <param name="folder">This program's folder.</param>
    /// <exception cref="AeosException">It is in neither place.</exception>
    public static string Find(string folder)
    {
        var published = Path.Combine(folder, Name);
        var built = Path.Combine(folder, BuiltFolder, Name);
        return File.Exists(published) ? published
            : File.Exists(built) ? built
            : throw new AeosException(
                $"the plugin {Name} is not beside this program in {folder}",
                "Build both with \"scripts/publish.sh\" and run \"out/aeos demo\", or run \"dotnet run --project src/Aeos.Cli -- demo\".");
    }
}
