namespace Aeos.Encryption;

/// <summary>A key, or the text that should hold one, cannot be used. The text of the error never holds key bytes.</summary>
public class KeyRefusedException(string cause, string remedy, Exception? innerException = null)
    : AeosException(cause, remedy, innerException);
