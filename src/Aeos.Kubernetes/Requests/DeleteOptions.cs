using System.Text.Json.Nodes;
using Aeos.Kubernetes.Objects;

namespace Aeos.Kubernetes.Requests;

/// <summary>How an object is deleted (meta/v1 DeleteOptions).</summary>
public sealed record DeleteOptions
{
    /// <summary>The options that are used where none are given.</summary>
    public static DeleteOptions Default { get; } = new();

    /// <summary><c>Foreground</c>, <c>Background</c> or <c>Orphan</c>; null: the resource's default.</summary>
    public string? PropagationPolicy { get; init; }

    /// <summary>Seconds until the object is gone; null: the resource's default; 0: at once.</summary>
    public int? GracePeriodSeconds { get; init; }

    /// <summary>Delete only this very object: its uid. Null: whichever has the name.</summary>
    public string? Uid { get; init; }

    /// <summary>Delete only this very state: its resourceVersion. Null: any.</summary>
    public string? ResourceVersion { get; init; }

    /// <summary>Whether the server only says what it would do.</summary>
    public bool DryRun { get; init; }

    internal ReadOnlyMemory<byte>? ToBody()
    {
        if (this == Default)
        {
            return null;
        }

        var body = new JsonObject { ["kind"] = "DeleteOptions", ["apiVersion"] = "v1" };
        if (PropagationPolicy is not null)
        {
            body["propagationPolicy"] = PropagationPolicy;
        }

        if (GracePeriodSeconds is { } seconds)
        {
            body["gracePeriodSeconds"] = seconds;
        }

        if (DryRun)
        {
            body["dryRun"] = new JsonArray("All");
        }

        if (Uid is not null || ResourceVersion is not null)
        {
            var preconditions = new JsonObject();
            if (Uid is not null)
            {
                preconditions["uid"] = Uid;
            }

            if (ResourceVersion is not null)
            {
                preconditions["resourceVersion"] = ResourceVersion;
            }

            body["preconditions"] = preconditions;
        }

        return KubernetesObject.FromTree(body).Json;
    }
}
