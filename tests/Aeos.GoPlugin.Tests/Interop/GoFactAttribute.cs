namespace Aeos.GoPlugin.Tests.Interop;

/// <summary>A test that needs Go and Debian's packages of go-plugin; skipped, with the reason, where they are missing.</summary>
public sealed class GoFactAttribute : FactAttribute
{
    public GoFactAttribute() => Skip = GoPeer.Missing;
}
