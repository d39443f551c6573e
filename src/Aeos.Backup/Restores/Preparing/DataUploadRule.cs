using System.Text.Json.Nodes;

namespace Aeos.Backup.Restores.Preparing;

/// <summary>
/// Data uploads are Velero's records of volume data that it moved; they are never created again (Velero 1.18, dataupload_retrieve_action.go).
/// </summary>
internal sealed class DataUploadRule : IItemRule
{
    public ValueTask<Omission?> OmissionAsync(JsonObject item, CancellationToken cancellationToken) => new(new Omission("it only records volume data"));
}
