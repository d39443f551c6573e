namespace Aeos.Embedded;

/// <summary>What goes wrong with one request, for tests.</summary>
public sealed class Fault
{
    private Fault()
    {
    }

    internal int? Status { get; private init; }

    internal string Reason { get; private init; } = "";

    internal string Message { get; private init; } = "";

    /// <summary>Whether the message goes out as plain text, not in a Status object.</summary>
    internal bool IsText { get; private init; }

    internal int? RetryAfterSeconds { get; private init; }

    internal long? CutAfterBytes { get; private init; }

    internal Func<CancellationToken, Task>? Pause { get; private init; }

    /// <summary>An answer instead of the right one: a Status object with this code, reason and message. Nothing is done.</summary>
    public static Fault Answer(int status, string reason, string message) => new() { Status = status, Reason = reason, Message = message };

    /// <summary>429 with <c>Retry-After</c> and plain text, as priority and fairness answers. Nothing is done.</summary>
    /// <param name="retryAfterSeconds">What the header says, in seconds.</param>
    public static Fault TooManyRequests(int retryAfterSeconds) =>
        new() { Status = 429, Message = "Too many requests, please try again later.\n", IsText = true, RetryAfterSeconds = retryAfterSeconds };

    /// <summary>The request is carried out, and the connection breaks after so many bytes of the answer's body.</summary>
    /// <param name="bytes">How many bytes arrive; with 0 not even the head does.</param>
    public static Fault Cut(long bytes) => new() { CutAfterBytes = bytes };

    /// <summary>The request waits for something and is then carried out.</summary>
    /// <param name="until">What it waits for; its token is cancelled when the client goes away.</param>
    public static Fault Wait(Func<CancellationToken, Task> until) => new() { Pause = until };
}
