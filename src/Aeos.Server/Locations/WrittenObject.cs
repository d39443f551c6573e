namespace Aeos.Server.Locations;

/// <summary>An object that was written to a bucket, whole.</summary>
/// <param name="Location">The location's name.</param>
/// <param name="Key">The key, relative to the location's prefix.</param>
/// <param name="Bytes">Its length in the bucket.</param>
/// <param name="IsMessage">Whether it is an encrypted message.</param>
internal readonly record struct WrittenObject(string Location, string Key, long Bytes, bool IsMessage);
