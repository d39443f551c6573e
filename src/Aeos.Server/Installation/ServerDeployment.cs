using System.Text.Json.Nodes;
using Aeos.Server.Metrics;

namespace Aeos.Server.Installation;

/// <summary>The server's Deployment: one pod, which runs as nobody in particular, writes to its temporary folder alone and needs nothing of its node.</summary>
internal static class ServerDeployment
{
    public const string Name = "aeos";

    private const string Container = "server";

    // As in the image: deploy/Dockerfile.
    private const int User = 65532;

    // The server ends its work within 25 s of a SIGTERM.
    private const int GraceSeconds = 30;

    private const string CredentialsFolder = "/credentials";
    private const string TemporaryFolder = "/tmp";

    /// <param name="options">What is installed.</param>
    /// <param name="requiresEncryption">Whether a server that encrypts refuses plaintext.</param>
    public static JsonObject Of(InstallationOptions options, bool requiresEncryption)
    {
        var deployment = Manifest.Of("apps/v1", "Deployment", Name, options.Namespace);
        deployment["spec"] = new JsonObject
        {
            ["replicas"] = 1,
            ["selector"] = new JsonObject { ["matchLabels"] = ServerServices.PodSelector() },
            ["template"] = new JsonObject
            {
                ["metadata"] = new JsonObject { ["annotations"] = Annotations(options), ["labels"] = Labels(options) },
                ["spec"] = Pod(options, requiresEncryption),
            },
        };
        return deployment;
    }

    /// <summary>The command line of a server that is there.</summary>
    public static IReadOnlyList<string> ArgumentsOf(JsonObject deployment) =>
        deployment["spec"]?["template"]?["spec"]?["containers"] is JsonArray { Count: > 0 } containers && containers[0]?["args"] is JsonArray arguments
            ? [.. arguments.Select(argument => (string?)argument ?? "")] : [];

    private static JsonObject Annotations(InstallationOptions options) => Manifest.Map(new Dictionary<string, string>
    {
        ["prometheus.io/path"] = "/metrics",
        ["prometheus.io/port"] = $"{ServerServices.MetricsPort}",
        ["prometheus.io/scrape"] = "true",
    }.Concat(options.PodAnnotations));

    private static JsonObject Labels(InstallationOptions options)
    {
        var labels = Manifest.Map(options.PodLabels);
        foreach (var (key, value) in ServerServices.PodSelector().Concat(Ownership.Labels()))
        {
            labels[key] = value?.DeepClone();
        }

        return labels;
    }

    private static JsonObject Pod(InstallationOptions options, bool requiresEncryption)
    {
        var pod = new JsonObject
        {
            ["containers"] = new JsonArray(Server(options, requiresEncryption)),
            ["securityContext"] = new JsonObject
            {
                ["fsGroup"] = User,
                ["runAsGroup"] = User,
                ["runAsNonRoot"] = true,
                ["runAsUser"] = User,
                ["seccompProfile"] = new JsonObject { ["type"] = "RuntimeDefault" },
            },
            ["nodeSelector"] = new JsonObject { ["kubernetes.io/os"] = "linux" },
            ["serviceAccountName"] = options.ServiceAccount ?? ServerPermissions.Account,
            ["terminationGracePeriodSeconds"] = GraceSeconds,
            ["volumes"] = new JsonArray([.. Volumes(options)]),
        };
        if (options.PriorityClass is { } priority)
        {
            pod["priorityClassName"] = priority;
        }

        return pod;
    }

    private static IEnumerable<JsonObject> Volumes(InstallationOptions options)
    {
        // A restore keeps its objects there, encrypted, until the archive's end is verified.
        yield return new JsonObject { ["name"] = "tmp", ["emptyDir"] = new JsonObject() };
        if (options.UsesCredentials)
        {
            // 0440: for the pod's group.
            yield return new JsonObject { ["name"] = "credentials", ["secret"] = new JsonObject { ["defaultMode"] = 288, ["secretName"] = LocationManifests.CredentialsSecret } };
        }
    }

    private static IEnumerable<JsonObject> Mounts(InstallationOptions options)
    {
        yield return new JsonObject { ["mountPath"] = TemporaryFolder, ["name"] = "tmp" };
        if (options.UsesCredentials)
        {
            yield return new JsonObject { ["mountPath"] = CredentialsFolder, ["name"] = "credentials", ["readOnly"] = true };
        }
    }

    private static JsonObject Server(InstallationOptions options, bool requiresEncryption)
    {
        return new JsonObject
        {
            ["args"] = Manifest.Texts(ServerArguments.Of(options, requiresEncryption)),
            ["env"] = new JsonArray([.. Environment(options)]),
            ["image"] = options.Image,
            ["livenessProbe"] = Probe(seconds: 30),
            ["name"] = Container,
            ["ports"] = new JsonArray(Port("metrics", ServerServices.MetricsPort), Port("https", ServerServices.DownloadsPort)),
            ["readinessProbe"] = Probe(seconds: 5),
            ["resources"] = Resources(options.Resources),
            ["securityContext"] = new JsonObject
            {
                ["allowPrivilegeEscalation"] = false,
                ["capabilities"] = new JsonObject { ["drop"] = new JsonArray("ALL") },
                ["readOnlyRootFilesystem"] = true,
            },
            ["volumeMounts"] = new JsonArray([.. Mounts(options)]),
        };
    }

    private static IEnumerable<JsonObject> Environment(InstallationOptions options)
    {
        yield return new JsonObject
        {
            ["name"] = "POD_NAME",
            ["valueFrom"] = new JsonObject { ["fieldRef"] = new JsonObject { ["apiVersion"] = "v1", ["fieldPath"] = "metadata.name" } },
        };
        yield return Variable("HOME", TemporaryFolder);
        yield return Variable("TMPDIR", TemporaryFolder);
        if (options.UsesCredentials)
        {
            yield return Variable("AZURE_CREDENTIALS_FILE", $"{CredentialsFolder}/{LocationManifests.CredentialsField}");
        }
    }

    private static JsonObject Variable(string name, string value) => new() { ["name"] = name, ["value"] = value };

    private static JsonObject Port(string name, int port) => new() { ["containerPort"] = port, ["name"] = name, ["protocol"] = "TCP" };

    private static JsonObject Probe(int seconds) => new()
    {
        ["httpGet"] = new JsonObject { ["path"] = MetricsEndpoint.HealthPath, ["port"] = "metrics" },
        ["periodSeconds"] = seconds,
    };

    private static JsonObject Resources(PodResources resources)
    {
        var both = new JsonObject();
        foreach (var (name, cpu, memory) in new[] { ("requests", resources.CpuRequest, resources.MemoryRequest), ("limits", resources.CpuLimit, resources.MemoryLimit) })
        {
            var quantities = Manifest.Map(new[] { ("cpu", cpu), ("memory", memory) }
                .Where(pair => pair.Item2 is not null and not "0").Select(pair => KeyValuePair.Create(pair.Item1, pair.Item2!)));
            if (quantities.Count > 0)
            {
                both[name] = quantities;
            }
        }

        return both;
    }
}
