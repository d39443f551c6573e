namespace Aeos.Cli.Locations;

/// <summary>What may be done in a location: Velero's <c>spec.accessMode</c>.</summary>
internal static class LocationAccess
{
    public const string ReadWrite = "ReadWrite";

    public const string ReadOnly = "ReadOnly";
}
