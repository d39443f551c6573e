using Aeos.Cli.Files;
using Aeos.Cli.Keys;
using Aeos.Encryption.Keys;
using Aeos.GoPlugin.Client;
using Aeos.GoPlugin.Grpc;
using Aeos.Velero.Plugins;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aeos.Cli.Demo;

/// <summary>The demo's steps, in order; each throws when something is not as it should be.</summary>
/// <param name="plugin">The plugin's executable.</param>
/// <param name="folder">An empty folder that only this user can enter.</param>
/// <param name="screen">Shows the steps.</param>
internal sealed class DemoRun(string plugin, string folder, DemoScreen screen)
{
    private const string Provider = "aeos.io/filesystem";
    private const string Bucket = "demo";

    private readonly string _root = Path.Combine(folder, "store");
    private readonly string _keyFile = Path.Combine(folder, "demo.key");
    private readonly SampleSecret _secret = new();

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        SampleBackup[] backups = [SampleBackup.Create("nightly-1", _secret), SampleBackup.Create("nightly-2", _secret)];
        ShowThatTheSearchWorks(backups[0]);
        await MakeKeyAsync(cancellationToken).ConfigureAwait(false);

        screen.Step("Start the plugin as Velero does");
        await using var process = await PluginProcess.StartAsync(
            new PluginProcessOptions
            {
                FileName = plugin,
                Arguments = ["--log-level", "info"],
                Handshake = VeleroServices.Handshake,
                Logger = NullLogger.Instance,
            },
            cancellationToken).ConfigureAwait(false);
        var store = await InitializeAsync(process, cancellationToken).ConfigureAwait(false);

        await StoreAsync(store, backups, cancellationToken).ConfigureAwait(false);
        SearchWhatIsStored();
        await ReadBackAsync(store, backups, cancellationToken).ConfigureAwait(false);
        await FlipOneByteAsync(store, backups[0], cancellationToken).ConfigureAwait(false);
        await SwapTwoObjectsAsync(store, backups[0], backups[1], cancellationToken).ConfigureAwait(false);
        screen.Step("Done: everything was as it should be");
    }

    private void ShowThatTheSearchWorks(SampleBackup backup)
    {
        screen.Step("Make a sample backup with a Secret in it, and find the Secret in it");
        screen.Show($"{backup.ArchiveKey}, {backup.Archive.Length} bytes, in Velero's layout");
        Expect(SecretSearch.Finds(_secret, backup.Archive), "the search does not find the Secret even in the unencrypted archive");
        screen.Confirm("the search finds the password in the unencrypted archive: so it works, and would find it in a bucket");
    }

    private async Task MakeKeyAsync(CancellationToken cancellationToken)
    {
        screen.Step("Make a key");
        using var key = WrappingKey.Generate(256);
        using var line = KeyWriting.Line(key);
        await NewKeyFile.WriteAsync(_keyFile, line.Bytes, cancellationToken).ConfigureAwait(false);
        screen.Confirm($"{_keyFile}, 256 bits, named {key.Name}");
    }

    private async Task<ObjectStoreClient> InitializeAsync(PluginProcess process, CancellationToken cancellationToken)
    {
        screen.Show($"{plugin}, process {process.ProcessId}");
        var offered = await ObjectStoreClient.ListPluginsAsync(process.Channel, cancellationToken).ConfigureAwait(false);
        var names = string.Join(", ", offered.Select(offer => offer.Name));
        Expect(offered.Any(offer => offer.Name == Provider && offer.Kind == VeleroServices.ObjectStoreKind), $"it offers {names}, but no object store {Provider}");
        var store = new ObjectStoreClient(process.Channel, Provider);
        var config = new Dictionary<string, string> { ["bucket"] = Bucket, ["prefix"] = "", ["root"] = _root, ["encryptionKeyFile"] = _keyFile };
        Directory.CreateDirectory(Path.Combine(_root, Bucket));
        await store.InitAsync(config, cancellationToken).ConfigureAwait(false);
        screen.Confirm($"it shook hands and offers {names}");
        return store;
    }

    private async Task StoreAsync(ObjectStoreClient store, SampleBackup[] backups, CancellationToken cancellationToken)
    {
        screen.Step("Store two backups through the plugin");
        foreach (var (key, content) in backups.SelectMany(Objects))
        {
            using var body = new MemoryStream(content);
            await store.PutObjectAsync(Bucket, key, body, cancellationToken).ConfigureAwait(false);
            Expect(File.Exists(PathOf(key)), $"{key} was stored, but there is no file {PathOf(key)}");
            screen.Show($"{key}: {content.Length} bytes, stored as {new FileInfo(PathOf(key)).Length}");
        }

        screen.Confirm("they are in the folder");
    }

    private void SearchWhatIsStored()
    {
        screen.Step("Search everything that is stored for the Secret, as it is and unpacked");
        var files = Directory.GetFiles(_root, "*", SearchOption.AllDirectories);
        foreach (var file in files)
        {
            Expect(!SecretSearch.Finds(_secret, File.ReadAllBytes(file)), $"the Secret can be read in {file}");
        }

        screen.Confirm($"not found in {files.Length} files, {ByteCount.Text(files.Sum(file => new FileInfo(file).Length))}");
    }

    private async Task ReadBackAsync(ObjectStoreClient store, SampleBackup[] backups, CancellationToken cancellationToken)
    {
        screen.Step("Read everything back through the plugin, and compare");
        foreach (var (key, content) in backups.SelectMany(Objects))
        {
            var back = await GetAsync(store, key, cancellationToken).ConfigureAwait(false);
            Expect(back.AsSpan().SequenceEqual(content), $"{key} came back changed");
        }

        screen.Confirm("every byte is the same");
    }

    private async Task FlipOneByteAsync(ObjectStoreClient store, SampleBackup backup, CancellationToken cancellationToken)
    {
        screen.Step("Flip one bit of a stored archive, and read it");
        var path = PathOf(backup.ArchiveKey);
        var original = await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false);
        var forged = (byte[])original.Clone();
        forged[^(forged.Length / 3)] ^= 1;
        await File.WriteAllBytesAsync(path, forged, cancellationToken).ConfigureAwait(false);
        await ExpectRefusalAsync(store, backup.ArchiveKey, cancellationToken).ConfigureAwait(false);
        await File.WriteAllBytesAsync(path, original, cancellationToken).ConfigureAwait(false);
    }

    private async Task SwapTwoObjectsAsync(ObjectStoreClient store, SampleBackup one, SampleBackup other, CancellationToken cancellationToken)
    {
        screen.Step("Swap the archives of the two backups, and read them");
        var (first, second, aside) = (PathOf(one.ArchiveKey), PathOf(other.ArchiveKey), Path.Combine(folder, "aside"));
        File.Move(first, aside);
        File.Move(second, first);
        File.Move(aside, second);
        await ExpectRefusalAsync(store, one.ArchiveKey, cancellationToken).ConfigureAwait(false);
        await ExpectRefusalAsync(store, other.ArchiveKey, cancellationToken).ConfigureAwait(false);
    }

    private async Task ExpectRefusalAsync(ObjectStoreClient store, string key, CancellationToken cancellationToken)
    {
        string refusal;
        try
        {
            await GetAsync(store, key, cancellationToken).ConfigureAwait(false);
            throw new DemoFailedException($"{key} was handed out although it was tampered with");
        }
        catch (RpcException failure) when (failure.StatusCode == StatusCode.DataLoss)
        {
            refusal = failure.Message;
        }

        screen.Show(refusal);
        screen.Confirm($"{key} was refused");
    }

    private static async Task<byte[]> GetAsync(ObjectStoreClient store, string key, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream();
        await store.GetObjectAsync(Bucket, key, content, cancellationToken).ConfigureAwait(false);
        return content.ToArray();
    }

    private static (string Key, byte[] Content)[] Objects(SampleBackup backup) =>
        [(backup.ArchiveKey, backup.Archive), (backup.MetadataKey, backup.Metadata)];

    private string PathOf(string key) => Path.Combine(_root, Bucket, key);

    private static void Expect(bool condition, string otherwise)
    {
        if (!condition)
        {
            throw new DemoFailedException(otherwise);
        }
    }
}
