using Aeos.Embedded;

namespace Aeos.Backup.Tests.Restores.Applying;

/// <summary>How much is done at once.</summary>
public class ConcurrencyTests
{
    [Fact]
    public async Task Objects_of_one_type_are_written_by_as_many_workers_as_there_are_and_types_one_after_the_other()
    {
        const int Workers = 3;
        await using var bench = await RestoreBench.StartAsync();
        var archive = new VeleroArchive();
        for (var i = 0; i < 12; i++)
        {
            archive.AddItem("configmaps", Manifests.ConfigMap($"c{i}")).AddItem("secrets", $$$"""{"apiVersion":"v1","kind":"Secret","metadata":{"name":"s{{{i}}}","namespace":"shop"}}""");
        }

        await bench.PutBackupAsync(archive.ToBytes());
        var gate = new Lock();
        var allAtWork = new TaskCompletionSource();
        var (atWork, most, secrets) = (0, 0, 0);
        bench.Fault = request => request.Method == "POST" && request.Path.StartsWith("/api/v1/namespaces/shop/", StringComparison.Ordinal)
            ? Fault.Wait(token => WorkAsync(request.Path.EndsWith("secrets", StringComparison.Ordinal), token)) : null;

        var (document, outcome) = await bench.RestoreAsync(RestoreBench.Options with { Workers = Workers });

        document.Status.Phase.ShouldBe("Completed");
        outcome.Items.Count.ShouldBe(25);
        most.ShouldBe(Workers);

        // Nobody goes on before all workers are there for once: fewer would wait for ever.
        async Task WorkAsync(bool isSecret, CancellationToken token)
        {
            lock (gate)
            {
                most = Math.Max(most, ++atWork);
                secrets += isSecret ? 1 : 0;
                (isSecret || secrets == 12).ShouldBeTrue("no config map before the last secret");
                if (atWork == Workers)
                {
                    allAtWork.TrySetResult();
                }
            }

            await allAtWork.Task.WaitAsync(token);
            lock (gate)
            {
                atWork--;
            }
        }
    }
}
