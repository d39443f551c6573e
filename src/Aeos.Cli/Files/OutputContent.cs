namespace Aeos.Cli.Files;

/// <summary>What is written, which decides who may read it.</summary>
internal enum OutputContent
{
    /// <summary>Encrypted: a new file gets the usual permissions, a replaced one keeps its own.</summary>
    Ciphertext,

    /// <summary>Decrypted: for the file's owner alone, even where it replaces a file that others could read.</summary>
    Plaintext,
}
