namespace Aeos.Backup.Hooks;

/// <summary>What a hook's failure means; it is an error in the results in any case.</summary>
internal enum HookErrorMode
{
    /// <summary>Nothing was said. Velero logs it as Fail and acts as for Continue.</summary>
    Unset,

    /// <summary>The work goes on.</summary>
    Continue,

    /// <summary>No more hooks are run; a pod whose pre hook failed is not backed up.</summary>
    Fail,
}
