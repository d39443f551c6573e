using System.Globalization;
using Aeos.ObjectStore.Azure;
using Aeos.ObjectStore.Azure.Tests.Azurite;
using Aeos.ObjectStore.Azure.Tests.Network;

namespace Aeos.Cluster.Tests.Stores;

/// <summary>What a fault of the line does to one request.</summary>
internal static class LineFaults
{
    public static Fault For(this LineFault fault, string head) => fault switch
    {
        LineFault.Busy => Fault.Busy(503),
        LineFault.TooMany => Fault.Busy(429),
        LineFault.Cut when IsGet(head) => new Fault(FaultKind.CutAnswer, 50),
        LineFault.Stalled when IsGet(head) => new Fault(FaultKind.StallAnswer, 50),
        LineFault.Cut => new Fault(FaultKind.CutRequest, Length(head) / 2),
        _ => new Fault(FaultKind.StallRequest, Length(head) / 2),
    };

    /// <summary>What an error has to say.</summary>
    public static string Says(this LineFault fault) => fault switch
    {
        LineFault.Busy => "Azure answered 503",
        LineFault.TooMany => "Azure answered 429",
        _ => "cannot ",
    };

    /// <summary>Short only where nothing else ends a request: a busy machine may take longer for one that no fault befalls.</summary>
    public static TransferOptions PatienceOf(this LineFault fault, TransferOptions impatient)
        => fault == LineFault.Stalled ? impatient : impatient with { NetworkTimeout = AzuriteFixture.QuickOptions.NetworkTimeout };

    private static bool IsGet(string head) => head.StartsWith("GET", StringComparison.Ordinal);

    private static long Length(string head)
    {
        var line = head.Split("\r\n").FirstOrDefault(static line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
        return line is null ? 0 : long.Parse(line.Split(':')[1], CultureInfo.InvariantCulture);
    }
}
