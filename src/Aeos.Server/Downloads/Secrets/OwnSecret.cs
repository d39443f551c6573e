using System.Buffers;
using System.Text.Json;
using Aeos.Encryption;
using Aeos.Kubernetes;
using Aeos.Kubernetes.Errors;
using Aeos.Kubernetes.Objects;
using Aeos.Kubernetes.Requests;

namespace Aeos.Server.Downloads.Secrets;

/// <summary>
/// A Secret in the server's namespace that the servers themselves fill: whichever comes first creates it, and the others take what is there. It stays out of backups, so that
/// no other cluster gets it.
/// </summary>
/// <param name="cluster">The cluster.</param>
/// <param name="namespace">The server's namespace.</param>
/// <param name="name">The Secret's name.</param>
/// <param name="type">The Secret's type.</param>
/// <param name="fields">The fields that count.</param>
internal sealed class OwnSecret(KubernetesClient cluster, string @namespace, string name, string type, params string[] fields)
{
    private const int Attempts = 5;

    /// <summary>The Secret's namespace and name.</summary>
    public string Title => $"{@namespace}/{name}";

    /// <summary>Reads the Secret, and creates or replaces it where the content asks for that.</summary>
    /// <param name="decide">Given what is there, or null, it says what shall be there; null: leave it as it is.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>What is there at last.</returns>
    /// <exception cref="AeosException">It cannot be read or written.</exception>
    public async Task<SecretFields> EnsureAsync(Func<SecretFields?, SecretFields?> decide, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var found = await cluster.TryGetAsync(WellKnownResources.Secrets, @namespace, name, cancellationToken).ConfigureAwait(false);
            var there = found is null ? null : SecretFields.Read(found, fields);
            if (decide(there) is not { } wanted)
            {
                return there ?? throw new InvalidOperationException("A Secret that is not there cannot stay as it is.");
            }

            try
            {
                var body = Body(wanted, found?.Metadata.ResourceVersion);
                if (found is null)
                {
                    await cluster.CreateAsync(WellKnownResources.Secrets, @namespace, body, null, cancellationToken).ConfigureAwait(false);
                }
                else
                {
                    await cluster.UpdateAsync(WellKnownResources.Secrets, @namespace, body, null, cancellationToken).ConfigureAwait(false);
                }

                return wanted;
            }
            catch (KubernetesApiException refusal) when ((refusal.IsAlreadyExists || refusal.IsConflict || refusal.IsNotFound) && attempt < Attempts)
            {
                // Another server was faster: what it wrote counts.
            }
        }
    }

    /// <summary>An error about what the Secret holds.</summary>
    public AeosException Unusable(string what) => new(
        $"the Secret {Printable.Quote(Title)} {what}", $"Delete it, and the server makes another: kubectl -n {@namespace} delete secret {name}.");

    private KubernetesObject Body(SecretFields content, string? resourceVersion)
    {
        var bytes = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(bytes))
        {
            writer.WriteStartObject();
            writer.WriteString("apiVersion", "v1");
            writer.WriteString("kind", "Secret");
            writer.WriteStartObject("metadata");
            writer.WriteString("name", name);
            writer.WriteString("namespace", @namespace);
            if (resourceVersion is not null)
            {
                writer.WriteString("resourceVersion", resourceVersion);
            }

            writer.WriteStartObject("labels");
            writer.WriteString("app.kubernetes.io/managed-by", "aeos");
            writer.WriteString("component", "velero");
            writer.WriteString("velero.io/exclude-from-backup", "true");
            writer.WriteEndObject();
            writer.WriteEndObject();
            writer.WriteString("type", type);
            writer.WriteStartObject("data");
            content.Write(writer);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return new KubernetesObject(bytes.WrittenMemory);
    }
}
