namespace Aeos.Cluster.Tests.Server.Faults;

/// <summary>What becomes of a request.</summary>
internal sealed record ApiFault
{
    private ApiFault()
    {
    }

    /// <summary>It is carried out, and answered.</summary>
    public static ApiFault None { get; } = new();

    /// <summary>It is carried out, and the line breaks before the answer.</summary>
    public static ApiFault Lost { get; } = new() { IsLost = true };

    /// <summary>The line breaks, and it never arrives.</summary>
    public static ApiFault Cut { get; } = new() { IsCut = true };

    public bool IsLost { get; private init; }

    public bool IsCut { get; private init; }

    /// <summary>The code of the answer that comes instead; 0: none does.</summary>
    public int Code { get; private init; }

    public string Reason { get; private init; } = "";

    /// <summary>It is answered so, and not carried out.</summary>
    public static ApiFault Answer(int code, string reason) => new() { Code = code, Reason = reason };
}
