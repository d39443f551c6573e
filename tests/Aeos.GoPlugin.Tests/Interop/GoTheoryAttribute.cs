namespace Aeos.GoPlugin.Tests.Interop;

/// <summary>As <see cref="GoFactAttribute"/>, for theories.</summary>
public sealed class GoTheoryAttribute : TheoryAttribute
{
    public GoTheoryAttribute() => Skip = GoPeer.Missing;
}
