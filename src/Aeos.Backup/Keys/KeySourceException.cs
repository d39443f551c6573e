namespace Aeos.Backup.Keys;

/// <summary>A key's source is configured wrongly, or holds no key that can be used.</summary>
/// <param name="cause">What is wrong, naming the thing: one line, no full stop at its end.</param>
/// <param name="remedy">What to do: one line.</param>
/// <param name="innerException">The failure beneath, if there was one.</param>
public sealed class KeySourceException(string cause, string remedy, Exception? innerException = null) : AeosException(cause, remedy, innerException);
