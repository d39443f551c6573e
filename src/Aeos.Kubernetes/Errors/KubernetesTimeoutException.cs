namespace Aeos.Kubernetes.Errors;

/// <summary>The cluster did not answer, or a command in a pod did not end, within the time that was given to it.</summary>
/// <param name="cause">What did not happen, and within which time: one line, no full stop at its end.</param>
/// <param name="remedy">What to do: one line.</param>
/// <param name="innerException">The failure beneath, if there was one.</param>
public sealed class KubernetesTimeoutException(string cause, string remedy, Exception? innerException = null)
    : KubernetesException(cause, remedy, innerException);
