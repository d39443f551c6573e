using System.Security.Cryptography;
using Aeos.Cluster.Tests.Running;

namespace Aeos.Cluster.Tests.Stores;

/// <summary>Secrets that no compressor shrinks, 50,000 bytes each: what makes an archive of more than a block.</summary>
internal static class BulkySecrets
{
    public static async Task CreateAsync(ClusterRoom room, string @namespace, int count)
    {
        for (var number = 0; number < count; number++)
        {
            await room.CreateSecretAsync(@namespace, $"bulky-{number}", "k", RandomNumberGenerator.GetBytes(50_000));
        }
    }
}
