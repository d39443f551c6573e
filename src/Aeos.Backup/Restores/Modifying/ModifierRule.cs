namespace Aeos.Backup.Restores.Modifying;

/// <summary>One of <c>resourceModifierRules</c>.</summary>
/// <param name="Conditions">Which objects it changes.</param>
/// <param name="Patch">How.</param>
internal sealed record ModifierRule(ModifierConditions Conditions, IObjectPatch Patch);
