namespace Aeos.ObjectStore;

/// <summary>A store could not do what was asked.</summary>
public class ObjectStoreException(string cause, string remedy, Exception? innerException = null)
    : AeosException(cause, remedy, innerException);
