using System.Reflection;

namespace Aeos.Server.Installation;

/// <summary>What is installed.</summary>
public sealed record InstallationOptions
{
    /// <summary>The server's namespace.</summary>
    public string Namespace { get; init; } = "velero";

    /// <summary>The server's image. No registry is assumed: this name has to be known to the nodes.</summary>
    public string Image { get; init; } = DefaultImage;

    /// <summary>A service account that is there, with its permissions; null: one is made, with those of docs/operations.md.</summary>
    public string? ServiceAccount { get; init; }

    /// <summary>Annotations of the service account that is made.</summary>
    public IReadOnlyDictionary<string, string> ServiceAccountAnnotations { get; init; } = new Dictionary<string, string>();

    /// <summary>Annotations of the pod.</summary>
    public IReadOnlyDictionary<string, string> PodAnnotations { get; init; } = new Dictionary<string, string>();

    /// <summary>Labels of the pod, beside those that select it.</summary>
    public IReadOnlyDictionary<string, string> PodLabels { get; init; } = new Dictionary<string, string>();

    /// <summary>What the pod asks for and may use.</summary>
    public PodResources Resources { get; init; } = PodResources.Default;

    /// <summary>The pod's priority class; null: the cluster's default.</summary>
    public string? PriorityClass { get; init; }

    /// <summary>Whether the server may write what a restore writes, in the whole cluster.</summary>
    public bool MayRestore { get; init; } = true;

    /// <summary>Features of the server beside encryption.</summary>
    public IReadOnlyList<string> Features { get; init; } = [];

    /// <summary>How the server encrypts; null: not at all.</summary>
    public InstalledEncryption? Encryption { get; init; }

    /// <summary>Whether plaintext is refused; null: as the server that is there has it, and yes where there is none yet that encrypts.</summary>
    public bool? RequireEncryption { get; init; }

    /// <summary>Flags of the server that are passed on as they are.</summary>
    public IReadOnlyList<string> ServerFlags { get; init; } = [];

    /// <summary>The location to set up; null: none.</summary>
    public InstalledLocation? Location { get; init; }

    /// <summary>The content of a credentials file, which the server's pod gets; null: none.</summary>
    public ReadOnlyMemory<byte>? Credentials { get; init; }

    /// <summary>Whether the server's pod gets the Secret with the credentials file: one of this installation, or one that an earlier one made.</summary>
    internal bool UsesCredentials => Credentials is not null || KeepsCredentials;

    /// <summary>Whether an earlier installation made the Secret with the credentials file.</summary>
    internal bool KeepsCredentials { get; init; }

    private static string DefaultImage
    {
        get
        {
            // A tag has no plus sign, which parts a version from what it was built of.
            var version = typeof(InstallationOptions).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "latest";
            return $"aeos:{version.Split('+')[0]}";
        }
    }
}
