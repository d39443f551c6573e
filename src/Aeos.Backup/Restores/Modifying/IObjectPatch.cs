using System.Text.Json.Nodes;

namespace Aeos.Backup.Restores.Modifying;

/// <summary>A change of an object.</summary>
internal interface IObjectPatch
{
    /// <summary>Makes the changed object.</summary>
    /// <param name="item">Stays as it is.</param>
    /// <returns>The changed object; null when a test in the patch says that it is not to be changed.</returns>
    /// <exception cref="PatchException">The patch does not fit the object.</exception>
    JsonObject? Apply(JsonObject item);
}
