namespace Aeos.ObjectStore.Azure.Tests.Network;

/// <summary>What happens to a request on its way.</summary>
/// <param name="Kind">What.</param>
/// <param name="At">After how many bytes of the body.</param>
/// <param name="Answer">For <see cref="FaultKind.Answer"/>: the head of the answer, without the empty line.</param>
internal sealed record Fault(FaultKind Kind, long At = 0, string Answer = "")
{
    public static Fault Busy(int status, string headers = "") => new(
        FaultKind.Answer, 0, $"HTTP/1.1 {status} Busy\r\nx-ms-error-code: ServerBusy\r\nx-ms-request-id: of-the-proxy\r\nContent-Length: 0\r\n{headers}");
}
