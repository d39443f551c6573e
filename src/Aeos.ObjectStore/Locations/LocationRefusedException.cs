namespace Aeos.ObjectStore.Locations;

/// <summary>A location's configuration, credentials or key cannot be used.</summary>
public class LocationRefusedException(string cause, string remedy, Exception? innerException = null)
    : ObjectStoreException(cause, remedy, innerException);
