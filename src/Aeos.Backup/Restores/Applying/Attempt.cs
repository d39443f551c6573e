namespace Aeos.Backup.Restores.Applying;

/// <summary>Which try it is to restore an object.</summary>
internal enum Attempt
{
    /// <summary>It was not tried before.</summary>
    First,

    /// <summary>It was, and lacked something.</summary>
    Again,

    /// <summary>What it lacks now counts as missing for good.</summary>
    Last,
}
