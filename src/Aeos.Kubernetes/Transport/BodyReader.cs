using Aeos.Kubernetes.Errors;

namespace Aeos.Kubernetes.Transport;

/// <summary>Reads a whole answer that is known to be small, up to a bound.</summary>
internal static class BodyReader
{
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(Stream body, int limit, CancellationToken cancellationToken)
    {
        var bytes = new byte[4096];
        var length = 0;
        int count;
        while ((count = await body.ReadAsync(bytes.AsMemory(length), cancellationToken)) > 0)
        {
            length += count;
            if (length > limit)
            {
                throw new KubernetesException(
                    $"the API server's answer is longer than {limit} bytes",
                    "Look at what answers under this address: it may be no API server.");
            }

            if (length == bytes.Length)
            {
                Array.Resize(ref bytes, bytes.Length * 2);
            }
        }

        return bytes.AsMemory(0, length);
    }
}
