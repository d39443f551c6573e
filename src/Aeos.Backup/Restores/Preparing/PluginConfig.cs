namespace Aeos.Backup.Restores.Preparing;

/// <summary>The settings of one of Velero's item actions: the data of a config map in the server's namespace.</summary>
internal sealed class PluginConfig
{
    /// <summary>No config map: nothing is changed.</summary>
    public static readonly PluginConfig None = new(new Dictionary<string, string>());

    private readonly IReadOnlyDictionary<string, string> _data;
    private readonly string? _problem;

    public PluginConfig(IReadOnlyDictionary<string, string> data) => _data = data;

    private PluginConfig(string problem)
    {
        _data = None._data;
        _problem = problem;
    }

    /// <summary>The settings.</summary>
    /// <exception cref="PreparationException">They could not be read: no object may be restored as though there were none.</exception>
    public IReadOnlyDictionary<string, string> Data => _problem is null ? _data : throw new PreparationException(
        _problem, "Leave one config map with these labels, and see that the restore may list it.");

    /// <summary>Settings that cannot be read.</summary>
    /// <param name="problem">Why; said for each object that they concern, as Velero does.</param>
    public static PluginConfig Unreadable(string problem) => new(problem);
}
