using System.CommandLine;
using Aeos.Backup.Restores;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Options;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Restores;

/// <summary>How a restore goes about its work; flags of Velero's server, and the number of workers.</summary>
internal sealed class RestoreWorkOptions
{
    private readonly Option<string?> _priorities = new("--restore-resource-priorities")
    {
        HelpName = "TYPE,...",
        Description = "The order of types: those before a \"-\" first, those after it last. Default: Velero's.",
    };

    private readonly Option<int> _workers = new("--workers") { HelpName = "N", DefaultValueFactory = static _ => 32, Description = "Objects of one type that are written at once." };
    private readonly DurationOption _resources = new("--resource-timeout", "How long a definition is waited for until it is served. Default: 10m.");
    private readonly DurationOption _terminating = new("--terminating-resource-timeout", "How long a namespace that is going away is waited for. Default: 10m.");

    /// <summary>All of them.</summary>
    public IReadOnlyList<Option> All => [_priorities, _workers, _resources, _terminating];

    public void AddTo(Command command)
    {
        foreach (var option in All)
        {
            command.Add(option);
        }
    }

    /// <summary>The whole of what is to be done.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="wanted">The Restore.</param>
    /// <param name="namespace">The backup server's namespace.</param>
    /// <exception cref="UsageException">A value cannot be used.</exception>
    public RestoreOptions Read(ParseResult result, RestoreDocument wanted, string @namespace)
    {
        var options = new RestoreOptions
        {
            Name = wanted.Metadata.Name,
            Namespace = @namespace,
            Spec = wanted.Spec,
            Labels = wanted.Metadata.Labels,
            Annotations = wanted.Metadata.Annotations,
            Priorities = Priorities(result),
            Workers = Workers(result),
        };
        return options with
        {
            ResourceTimeout = _resources.Read(result) ?? options.ResourceTimeout,
            TerminatingTimeout = _terminating.Read(result) ?? options.TerminatingTimeout,
        };
    }

    private int Workers(ParseResult result) => result.GetValue(_workers) is > 0 and <= 1024 and var workers ? workers
        : throw new UsageException($"{_workers.Name} {result.GetValue(_workers)} is no number of workers", "Give a number from 1 to 1024.");

    private ResourcePriorities Priorities(ParseResult result) => UsageException.Instead(() => ResourcePriorities.Parse(result.GetValue(_priorities) ?? ""));
}
