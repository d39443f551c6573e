namespace Aeos.Encryption;

/// <summary>
/// The input is not a message that may be read with the keys and the context at hand: malformed, truncated, forged,
/// bound to another object, or of a format or suite that is not accepted. Nothing unverified was handed out.
/// </summary>
public class MessageRefusedException(string cause, string remedy, Exception? innerException = null)
    : AeosException(cause, remedy, innerException);
