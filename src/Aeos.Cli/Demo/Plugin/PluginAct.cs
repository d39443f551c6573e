using Aeos.GoPlugin.Client;
using Aeos.GoPlugin.Grpc;
using Aeos.Velero.Layout;
using Aeos.Velero.Plugins;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aeos.Cli.Demo.Plugin;

/// <summary>The second part: an archive goes through the plugin as Velero would send it, and cannot be read or swapped in the bucket.</summary>
/// <param name="plugin">The plugin's executable.</param>
/// <param name="folder">The demo's folder.</param>
/// <param name="screen">Shows the steps.</param>
internal sealed class PluginAct(string plugin, DemoFolder folder, DemoScreen screen)
{
    private const string Bucket = "velero";

    private static readonly string[] Keys = [new BackupKeys("nightly-1").Archive, new BackupKeys("nightly-2").Archive];

    public async Task RunAsync(byte[] archive, SecretSearch search, string keyFile, CancellationToken cancellationToken)
    {
        screen.Act("Part two: the same encryption inside Velero");
        screen.Step("Start the plugin as Velero does, and store the archive through it, twice");
        await using var process = await PluginProcess.StartAsync(
            new PluginProcessOptions
            {
                FileName = plugin,
                Arguments = ["--log-level", "info"],
                Handshake = VeleroServices.Handshake,
                Logger = NullLogger.Instance,
            },
            cancellationToken).ConfigureAwait(false);
        var store = await InitializeAsync(process, keyFile, cancellationToken).ConfigureAwait(false);
        foreach (var key in Keys)
        {
            using var body = new MemoryStream(archive);
            await store.PutObjectAsync(Bucket, key, body, cancellationToken).ConfigureAwait(false);
        }

        var (files, _) = search.RequireNone(Path.Combine(folder.Root, Bucket));
        DemoFailedException.Unless(files == Keys.Length, $"{Keys.Length} objects were stored, and there are {files} files");
        var back = await GetAsync(store, Keys[0], cancellationToken).ConfigureAwait(false);
        DemoFailedException.Unless(back.AsSpan().SequenceEqual(archive), $"{Keys[0]} came back changed");
        screen.Confirm($"none of the secrets is in the {files} files, and what is read through the plugin is the same to the byte");
        await SwapAsync(store, cancellationToken).ConfigureAwait(false);
    }

    private async Task<ObjectStoreClient> InitializeAsync(PluginProcess process, string keyFile, CancellationToken cancellationToken)
    {
        var offered = await ObjectStoreClient.ListPluginsAsync(process.Channel, cancellationToken).ConfigureAwait(false);
        var names = string.Join(", ", offered.Select(offer => offer.Name));
        DemoFailedException.Unless(
            offered.Any(offer => offer.Name == DemoFolder.Provider && offer.Kind == VeleroServices.ObjectStoreKind), $"it offers {names}, but no object store {DemoFolder.Provider}");
        var store = new ObjectStoreClient(process.Channel, DemoFolder.Provider);
        var config = new Dictionary<string, string> { ["bucket"] = Bucket, ["prefix"] = "", ["root"] = folder.Root, ["encryptionKeyFile"] = keyFile };
        Directory.CreateDirectory(Path.Combine(folder.Root, Bucket));
        await store.InitAsync(config, cancellationToken).ConfigureAwait(false);
        screen.Show($"process {process.ProcessId} shook hands and offers {names}");
        return store;
    }

    private async Task SwapAsync(ObjectStoreClient store, CancellationToken cancellationToken)
    {
        screen.Step("Swap the two stored archives, and read them");
        var (first, second, aside) = (folder.PathOf(Bucket, Keys[0]), folder.PathOf(Bucket, Keys[1]), folder.At("aside"));
        File.Move(first, aside);
        File.Move(second, first);
        File.Move(aside, second);
        foreach (var key in Keys)
        {
            try
            {
                await GetAsync(store, key, cancellationToken).ConfigureAwait(false);
                throw new DemoFailedException($"{key} was handed out although it is another object");
            }
            catch (RpcException failure) when (failure.StatusCode == StatusCode.DataLoss)
            {
                screen.Confirm($"{key} was refused: it is bound to its name, and was written under another");
            }
        }
    }

    private static async Task<byte[]> GetAsync(ObjectStoreClient store, string key, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream();
        await store.GetObjectAsync(Bucket, key, content, cancellationToken).ConfigureAwait(false);
        return content.ToArray();
    }
}
