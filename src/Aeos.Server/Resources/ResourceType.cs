using System.Text.Json.Serialization.Metadata;
using Aeos.Kubernetes.Discovery;
using Aeos.Velero.Resources;

namespace Aeos.Server.Resources;

/// <summary>A type of resources: where the API has it, and how it is read.</summary>
/// <typeparam name="T">The document.</typeparam>
/// <param name="Api">Where the API has it.</param>
/// <param name="Json">How it is read and written.</param>
public sealed record ResourceType<T>(ApiResource Api, JsonTypeInfo<T> Json)
    where T : class, IResourceDocument;
