namespace Aeos;

/// <summary>
/// A failure that a user has to act on: what happened and what to do about it. Every error that leaves a room of Aeos
/// for a person is one of these; its text never holds a secret.
/// </summary>
public class AeosException : Exception
{
    /// <summary>Makes an error out of its two halves.</summary>
    /// <param name="cause">What happened, naming the thing and the rule: one line, no full stop at its end.</param>
    /// <param name="remedy">What to do: one line, a sentence with its full stop.</param>
    /// <param name="innerException">The failure beneath, if there was one.</param>
    public AeosException(string cause, string remedy, Exception? innerException = null)
        : base($"{cause}. {remedy}", innerException)
    {
        Cause = cause;
        Remedy = remedy;
    }

    /// <summary>What happened: one line without a full stop at its end.</summary>
    public string Cause { get; }

    /// <summary>What to do about it: one line.</summary>
    public string Remedy { get; }
}
