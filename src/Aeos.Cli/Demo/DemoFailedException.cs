namespace Aeos.Cli.Demo;

/// <summary>A step of the demo is not as it should be.</summary>
internal sealed class DemoFailedException(string cause, Exception? innerException = null)
    : AeosException($"the demo failed: {cause}", "Please report this with the output above and that of \"aeos --version\".", innerException)
{
    /// <summary>Ends the demo unless a proof holds.</summary>
    public static void Unless(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new DemoFailedException(otherwise);
        }
    }
}
