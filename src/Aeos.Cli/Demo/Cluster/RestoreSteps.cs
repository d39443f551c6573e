using Aeos.Backup.Restores;
using Aeos.Cli.Engine;
using Aeos.Embedded;
using Aeos.Kubernetes;
using Aeos.ObjectStore.Locations;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Demo.Cluster;

/// <summary>The restores: two that must be refused before they write anything, and one that must bring back every object.</summary>
internal sealed class RestoreSteps(EmbeddedCluster cluster, KubernetesClient client, BareLocation location, DemoFolder folder, DemoScreen screen)
{
    private readonly WriteCount _count = new(cluster);

    /// <param name="archive">The archive's file.</param>
    /// <param name="keyFile">The right key's file.</param>
    /// <param name="before">What has to come back.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public async Task RunAsync(string archive, string keyFile, ClusterPicture before, CancellationToken cancellationToken)
    {
        screen.Step("Restore it with a wrong key");
        var (wrong, _) = await folder.MakeKeyAsync("wrong.key", cancellationToken).ConfigureAwait(false);
        await RequireRefusalAsync("wrong-key", wrong, cancellationToken).ConfigureAwait(false);

        screen.Step("Restore it with the right key after one bit of the archive was flipped in the bucket");
        await DemoFolder.WithOneBitFlippedAsync(archive, () => RequireRefusalAsync("forged", keyFile, cancellationToken), cancellationToken).ConfigureAwait(false);

        screen.Step("Restore it");
        screen.Show($"aeos restore create nightly-again --location location.yaml --from-backup {ClusterAct.Nightly.Name} --encryption-key-file demo.key");
        var outcome = await RestoreAsync("nightly-again", keyFile, cancellationToken).ConfigureAwait(false);
        await cluster.SettleAsync(cancellationToken).ConfigureAwait(false);
        DemoFailedException.Unless(
            outcome.Phase == RestorePhase.Completed, $"the restore is {outcome.Phase}: {string.Join("; ", MessageHeadings.Of(outcome.Errors).Select(static error => error.Message))}");
        screen.Confirm($"{outcome.Phase}: {outcome.Items.Count} items, {_count.Writes} writes");

        screen.Step("Compare every object with what it was");
        await CompareAsync(before, cancellationToken).ConfigureAwait(false);
    }

    private async Task RequireRefusalAsync(string name, string keyFile, CancellationToken cancellationToken)
    {
        try
        {
            await RestoreAsync(name, keyFile, cancellationToken).ConfigureAwait(false);
        }
        catch (AeosException refusal)
        {
            screen.Show($"refused: {refusal.Cause}");
            DemoFailedException.Unless(_count.Writes == 0, $"{_count.Writes} writes reached the cluster although the restore was refused");
            screen.Confirm("the cluster got 0 writes");
            return;
        }

        throw new DemoFailedException($"the restore {name} was not refused");
    }

    private async Task<RestoreOutcome> RestoreAsync(string name, string keyFile, CancellationToken cancellationToken)
    {
        using var reader = await KeyedReader.OpenAsync(location, keyFile, cancellationToken).ConfigureAwait(false);
        var job = new RestoreJob
        {
            Cluster = client,
            Bucket = reader.Bucket,
            Store = location.Store,
            RequireEncryption = true,
        };
        var options = new RestoreOptions { Name = name, Spec = new RestoreSpec { BackupName = ClusterAct.Nightly.Name }, SpoolFolder = folder.At("") };
        var (_, outcome) = await job.RunAsync(options, cancellationToken).ConfigureAwait(false);
        return outcome;
    }

    private async Task CompareAsync(ClusterPicture before, CancellationToken cancellationToken)
    {
        var after = await ClusterPicture.TakeAsync(client, cancellationToken).ConfigureAwait(false);
        var verdicts = before.CompareWith(after).ToList();
        var width = verdicts.Max(static verdict => verdict.Name.Length);
        foreach (var (name, verdict) in verdicts)
        {
            screen.Show($"{name.PadRight(width)}   {verdict}");
        }

        var equal = verdicts.Count(static verdict => verdict.Verdict == ClusterPicture.Equal);
        DemoFailedException.Unless(equal == verdicts.Count, $"{verdicts.Count - equal} of {verdicts.Count} objects are not as they were");
        screen.Confirm($"{equal} of {verdicts.Count} equal; not compared is what a server gives to each new object: {ObjectShape.LeftOut}");
    }
}
