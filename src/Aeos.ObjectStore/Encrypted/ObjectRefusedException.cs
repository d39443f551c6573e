using Aeos.Encryption;

namespace Aeos.ObjectStore.Encrypted;

/// <summary>A stored object was read and cannot be accepted: changed, cut, swapped, under another key, or not encrypted where it must be. Names the object.</summary>
public sealed class ObjectRefusedException : MessageRefusedException
{
    /// <summary>Names the object that a message's refusal is about.</summary>
    public ObjectRefusedException(string key, MessageRefusedException refusal)
        : base(Name(key, refusal.Cause), refusal.Remedy, refusal) => Key = key;

    /// <summary>Refuses an object.</summary>
    /// <param name="key">The object's key.</param>
    /// <param name="cause">Why: one line, no full stop at its end.</param>
    /// <param name="remedy">What to do: one line, a sentence with its full stop.</param>
    public ObjectRefusedException(string key, string cause, string remedy)
        : base(Name(key, cause), remedy) => Key = key;

    /// <summary>The object's key.</summary>
    public string Key { get; }

    private static string Name(string key, string cause) => $"the object \"{key}\" was refused: {cause}";
}
