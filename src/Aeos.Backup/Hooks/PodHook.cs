namespace Aeos.Backup.Hooks;

/// <summary>A command to run in a pod's container.</summary>
internal sealed record PodHook
{
    /// <summary>The name that log lines give to hooks from annotations.</summary>
    public const string FromAnnotation = "<from-annotation>";

    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(30);

    // Timers go up to 49 days.
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromDays(49);

    /// <summary>The name of its group in the spec, or <see cref="FromAnnotation"/>.</summary>
    public required string Name { get; init; }

    /// <summary>See <see cref="HookSource"/>.</summary>
    public required string Source { get; init; }

    /// <summary>The container; empty: the pod's first.</summary>
    public string Container { get; init; } = "";

    /// <summary>The command and its arguments.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>What a failure means.</summary>
    public HookErrorMode OnError { get; init; }

    /// <summary>How long the command may take; infinite where the hook asks for less than nothing, as Velero takes it.</summary>
    public TimeSpan Timeout { get; private init; } = DefaultTimeout;

    /// <summary>The hook with a time for its command: zero stands for 30 seconds.</summary>
    public PodHook Within(TimeSpan timeout) => this with { Timeout = timeout == TimeSpan.Zero ? DefaultTimeout : Timer(timeout) };

    /// <summary>The time for a timer: infinite for what is not above zero, and for what is longer than timers go.</summary>
    public static TimeSpan Timer(TimeSpan time) => time <= TimeSpan.Zero || time > LongestTimeout ? System.Threading.Timeout.InfiniteTimeSpan : time;

    /// <summary>The hook that a pod's annotations ask for.</summary>
    /// <param name="annotations">The annotations.</param>
    /// <param name="prefix">What their names begin with, up to the slash.</param>
    /// <param name="timeout">The name, after the slash, of the one with the time for the command.</param>
    /// <param name="warnings">Takes what cannot be read.</param>
    /// <returns>Null when there is none.</returns>
    public static PodHook? OfAnnotations(IReadOnlyDictionary<string, string> annotations, string prefix, string timeout, List<string> warnings)
    {
        if (annotations.GetValueOrDefault($"{prefix}/command") is not { Length: > 0 } command)
        {
            return null;
        }

        var hook = new PodHook
        {
            Name = FromAnnotation,
            Source = HookSource.Annotation,
            Container = annotations.GetValueOrDefault($"{prefix}/container", ""),
            Command = HookText.Command(command),
            OnError = HookText.ErrorMode(annotations.GetValueOrDefault($"{prefix}/on-error")),
        };
        return hook.Within(HookText.Duration(annotations, $"{prefix}/{timeout}", warnings));
    }

    /// <summary>A checked hook of a spec.</summary>
    public static PodHook OfSpec(string name, string? container, IReadOnlyList<string>? command, string? onError, string? timeout)
    {
        var hook = new PodHook { Name = name, Source = HookSource.Spec, Container = container ?? "", Command = command ?? [], OnError = HookText.ErrorMode(onError) };
        return hook.Within(HookText.Duration(timeout));
    }
}
