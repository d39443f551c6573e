using System.Diagnostics;
using System.Globalization;
using Aeos.RawClient;

// The peer of benchmarks/engine.sh: what an API server gives and takes with nothing but HTTP in between.
if (args is not [var verb, var prefix, var count, var namespaces] || !int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var secrets))
{
    Console.Error.WriteLine("usage: raw-client fill|list|mixed PREFIX OBJECTS NAMESPACES   (KUBECONFIG says where)");
    return 2;
}

using var server = RawServer.Open(Environment.GetEnvironmentVariable("KUBECONFIG") ?? throw new InvalidOperationException("KUBECONFIG is not set."));
var sample = new SampleSecrets(prefix, secrets, int.Parse(namespaces, CultureInfo.InvariantCulture));
var clock = Stopwatch.StartNew();
switch (verb)
{
    case "fill":
        await Parallel.ForEachAsync(sample.Namespaces, (name, token) => new ValueTask(server.SendAsync(HttpMethod.Post, "/api/v1/namespaces", SampleSecrets.Namespace(name), token)));
        clock.Restart();
        await Parallel.ForEachAsync(Enumerable.Range(0, secrets), new ParallelOptions { MaxDegreeOfParallelism = RawServer.Connections }, async (number, token) =>
        {
            var (space, body) = sample.Secret(number);
            await server.SendAsync(HttpMethod.Post, $"/api/v1/namespaces/{space}/secrets", body, token);
        });
        break;
    case "mixed":
        await Parallel.ForEachAsync(sample.Namespaces, (name, token) => new ValueTask(server.SendAsync(HttpMethod.Post, "/api/v1/namespaces", SampleSecrets.Namespace(name), token)));
        foreach (var definition in MixedObjects.Definitions)
        {
            await server.SendUntilTakenAsync("/apis/apiextensions.k8s.io/v1/customresourcedefinitions", definition);
        }

        clock.Restart();
        await Parallel.ForEachAsync(Enumerable.Range(0, secrets), new ParallelOptions { MaxDegreeOfParallelism = RawServer.Connections }, async (number, _) =>
        {
            var (path, body) = MixedObjects.Object(number, sample.Namespaces);
            await server.SendUntilTakenAsync(path, body);
        });
        break;
    case "list":
        foreach (var name in sample.Namespaces)
        {
            await server.ListAsync($"/api/v1/namespaces/{name}/secrets", CancellationToken.None);
        }

        break;
    default:
        Console.Error.WriteLine($"there is no verb {verb}");
        return 2;
}

// As benchmarks/engine.sh has it of every program: seconds, CPU seconds, KiB at the peak.
using var self = Process.GetCurrentProcess();
Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture, $"{clock.Elapsed.TotalSeconds:0.000} {self.TotalProcessorTime.TotalSeconds:0.00} {self.PeakWorkingSet64 / 1024}"));
return 0;
