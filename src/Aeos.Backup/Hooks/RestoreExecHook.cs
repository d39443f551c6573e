namespace Aeos.Backup.Hooks;

/// <summary>A hook to run in a restored pod once its container is up.</summary>
/// <param name="Hook">The command.</param>
/// <param name="WaitTimeout">How long after the pod's creation it may still be begun; zero or less: at any time.</param>
/// <param name="WaitForReady">Whether the container has to be ready, not just running.</param>
internal sealed record RestoreExecHook(PodHook Hook, TimeSpan WaitTimeout, bool WaitForReady);
