using System.Text.Json.Nodes;
using Aeos.Embedded.Json;

namespace Aeos.Embedded.Writing;

/// <summary>What a deletion asks for, in its body or in its query.</summary>
internal sealed record DeleteOptions
{
    public string? Uid { get; init; }

    public string? ResourceVersion { get; init; }

    /// <summary><c>Orphan</c>, <c>Background</c> or <c>Foreground</c>; <c>Background</c> when it is null.</summary>
    public string? Propagation { get; init; }

    public bool DryRun { get; init; }

    public static DeleteOptions From(JsonObject? body, DeleteOptions query) => body is null
        ? query
        : new DeleteOptions
        {
            Uid = body.Child("preconditions").Filled("uid"),
            ResourceVersion = body.Child("preconditions").Filled("resourceVersion"),
            Propagation = body.Filled("propagationPolicy") ?? (body.Flag("orphanDependents") == true ? "Orphan" : null) ?? query.Propagation,
            DryRun = query.DryRun || body.Texts("dryRun").Contains("All"),
        };
}
