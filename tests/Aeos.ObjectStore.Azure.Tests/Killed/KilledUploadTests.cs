using System.Diagnostics;
using System.Security.Cryptography;
using Aeos.ObjectStore.Azure.Tests.Azurite;

namespace Aeos.ObjectStore.Azure.Tests.Killed;

/// <summary>What a process leaves that is killed while it uploads.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class KilledUploadTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Nothing_is_visible_and_nothing_is_locked()
    {
        var spec = await azurite.NewLocationAsync();
        await using var store = azurite.Open(spec);

        await KillInMidUploadAsync(spec.Bucket);

        (await store.ListAllAsync()).ShouldBeEmpty();
        (await store.ExistsAsync("killed", CancellationToken.None)).ShouldBeFalse();
        await store.PutAsync("killed", "after"u8.ToArray());
        (await store.GetAsync("killed")).ShouldBe("after"u8.ToArray());
        await store.DeleteAsync("killed", CancellationToken.None);
        (await store.ListAllAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_object_that_was_there_stays_and_can_be_replaced_in_blocks()
    {
        var spec = await azurite.NewLocationAsync();
        await using var store = azurite.Open(spec with { Config = new Dictionary<string, string>(spec.Config) { ["blockSizeInBytes"] = "65536" } });
        await store.PutAsync("killed", "before"u8.ToArray());

        await KillInMidUploadAsync(spec.Bucket);

        (await store.GetAsync("killed")).ShouldBe("before"u8.ToArray());
        var content = RandomNumberGenerator.GetBytes(200_000);
        await store.PutAsync("killed", content);
        (await store.GetAsync("killed")).ShouldBe(content);
    }

    private async Task KillInMidUploadAsync(string container)
    {
        var start = new ProcessStartInfo(
            "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "Aeos.ObjectStore.Azure.Victim.dll"), azurite.Service.AbsoluteUri, AzuriteFixture.Account, container, "killed"])
        {
            RedirectStandardOutput = true,
        };
        start.Environment["AZURE_STORAGE_ACCOUNT_ACCESS_KEY"] = azurite.AccountKey;
        start.Environment["AZURE_STORAGE_ACCOUNT_ENCRYPTION_KEY"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        using var victim = Process.Start(start)!;
        try
        {
            (await victim.StandardOutput.ReadLineAsync()).ShouldBe("uploading");
        }
        finally
        {
            // SIGKILL: no code of ours runs any more.
            victim.Kill();
            await victim.WaitForExitAsync();
        }
    }
}
