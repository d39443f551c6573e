namespace Aeos.Cli.Tests.Running;

/// <summary>A test of the native binaries that <c>scripts/publish.sh</c> writes to <c>out/</c>.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PublishedFactAttribute : FactAttribute
{
    public PublishedFactAttribute()
    {
        if (!File.Exists(Aeos))
        {
            Skip = "needs out/aeos: run scripts/publish.sh";
        }
    }

    /// <summary>The published program.</summary>
    public static string Aeos { get; } = Path.Combine(AeosProcess.Repository, "out", "aeos");
}
