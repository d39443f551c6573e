namespace Aeos.Server.Tests.Downloads;

/// <summary>A test that runs the official <c>velero</c> client, named by <c>AEOS_TEST_VELERO</c>.</summary>
internal sealed class OfficialClientFactAttribute : FactAttribute
{
    public OfficialClientFactAttribute()
    {
        if (Client is null)
        {
            Skip = "AEOS_TEST_VELERO does not name the official velero client";
        }
    }

    public static string? Client { get; } = Environment.GetEnvironmentVariable("AEOS_TEST_VELERO") is { Length: > 0 } path ? path : null;
}
