namespace Aeos.Kubernetes.Authentication;

/// <summary>Whether an exec plugin may talk to the person at the terminal.</summary>
internal enum InteractiveMode
{
    IfAvailable,
    Never,
    Always,
}
