namespace Aeos.Server.Installation;

/// <summary>An object of an installation, and what became of it.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Namespace">Its namespace; empty for what is in none.</param>
/// <param name="Name">Its name.</param>
/// <param name="Outcome">What became of it.</param>
public sealed record InstalledObject(string Kind, string Namespace, string Name, ApplyOutcome Outcome);
