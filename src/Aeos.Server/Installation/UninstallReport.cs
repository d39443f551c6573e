namespace Aeos.Server.Installation;

/// <summary>What an uninstallation removed, and what it left.</summary>
/// <param name="Removed">What is gone: kind and name.</param>
/// <param name="Left">What stays, each with why.</param>
public sealed record UninstallReport(IReadOnlyList<string> Removed, IReadOnlyList<string> Left);
