namespace Aeos.Kubernetes.Errors;

/// <summary>
/// A failure between this client and a cluster that a person has to act on: what happened and what to do about it. Its text never holds a
/// credential or an object's content. (This room knows no other, so it has its own base; whoever shows errors treats both alike.)
/// </summary>
public class KubernetesException : Exception
{
    /// <summary>Makes an error out of its two halves.</summary>
    /// <param name="cause">What happened, naming the thing and the rule: one line, no full stop at its end.</param>
    /// <param name="remedy">What to do: one line, a sentence with its full stop.</param>
    /// <param name="innerException">The failure beneath, if there was one.</param>
    public KubernetesException(string cause, string remedy, Exception? innerException = null)
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
