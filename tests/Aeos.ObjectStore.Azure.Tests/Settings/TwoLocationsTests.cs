using System.Security.Cryptography;
using Aeos.ObjectStore.Locations;

namespace Aeos.ObjectStore.Azure.Tests.Settings;

/// <summary>Two locations in one process, each with a credentials file of its own, as Velero has them from <c>spec.credential</c>.</summary>
public sealed class TwoLocationsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("aeos-two-").FullName;
    private readonly CapturedLog _log = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Credentials_of_one_location_are_never_used_for_the_other()
    {
        var accountKey = Convert.ToBase64String(RandomNumberGenerator.GetBytes(64));
        var withKey = Write("with-key", $"AZURE_STORAGE_ACCOUNT_ACCESS_KEY={accountKey}\nAZURE_CLIENT_SECRET=secret\nAZURE_CLIENT_ID=one\n");
        var bare = Write("bare", "AZURE_CLIENT_ID=two\n");
        // The file for locations that name none: Velero sets it for the whole process.
        var opener = new LocationOpener(new Dictionary<string, string> { ["AZURE_CREDENTIALS_FILE"] = withKey }.GetValueOrDefault, _log);

        await using var first = await opener.OpenAsync(Spec("one", []), CancellationToken.None);
        await using var second = await opener.OpenAsync(Spec("two", new() { ["credentialsFile"] = bare }), CancellationToken.None);
        await using var again = await opener.OpenAsync(Spec("three", new() { ["credentialsFile"] = withKey }), CancellationToken.None);

        var lines = _log.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Count(line => line.Contains("container \"one\"") && line.Contains("the account key, because")).ShouldBe(1, _log.Text);
        lines.Count(line => line.Contains("container \"two\"") && line.Contains("a managed identity (client id two), because")).ShouldBe(1, _log.Text);
        lines.Count(line => line.Contains("container \"three\"") && line.Contains("the account key, because")).ShouldBe(1, _log.Text);
        _log.Text.ShouldNotContain(accountKey);
    }

    private static LocationSpec Spec(string container, Dictionary<string, string> config) =>
        new("equinor/velero-plugin-aeos", container, "", new Dictionary<string, string>(config) { ["storageAccount"] = "backups1" });

    private string Write(string name, string lines)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, $"{lines}AZURE_STORAGE_ACCOUNT_ENCRYPTION_KEY={Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))}\n");
        return path;
    }
}
