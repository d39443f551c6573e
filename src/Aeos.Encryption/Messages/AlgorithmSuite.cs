namespace Aeos.Encryption.Messages;

/// <summary>The algorithm suites of the AWS Encryption SDK by number (specification, framework/algorithm-suites.md, "Supported Algorithm Suites").</summary>
internal static class AlgorithmSuite
{
    /// <summary>AES-256-GCM, HKDF-SHA-512, key commitment, no signature: the one that Aeos writes and reads.</summary>
    public const int Committing = 0x0478;

    /// <summary>The same with a signature after the body. Its header has the same shape.</summary>
    public const int CommittingSigned = 0x0578;

    /// <summary>Bytes of the suite data, which is the commitment.</summary>
    public const int CommitmentLength = 32;

    public static string NameOf(int suiteId) => suiteId switch
    {
        0x0014 => "AES_128_GCM_IV12_TAG16_NO_KDF",
        0x0046 => "AES_192_GCM_IV12_TAG16_NO_KDF",
        0x0078 => "AES_256_GCM_IV12_TAG16_NO_KDF",
        0x0114 => "AES_128_GCM_IV12_TAG16_HKDF_SHA256",
        0x0146 => "AES_192_GCM_IV12_TAG16_HKDF_SHA256",
        0x0178 => "AES_256_GCM_IV12_TAG16_HKDF_SHA256",
        0x0214 => "AES_128_GCM_IV12_TAG16_HKDF_SHA256_ECDSA_P256",
        0x0346 => "AES_192_GCM_IV12_TAG16_HKDF_SHA384_ECDSA_P384",
        0x0378 => "AES_256_GCM_IV12_TAG16_HKDF_SHA384_ECDSA_P384",
        Committing => "AES_256_GCM_HKDF_SHA512_COMMIT_KEY",
        CommittingSigned => "AES_256_GCM_HKDF_SHA512_COMMIT_KEY_ECDSA_P384",
        _ => "unknown",
    };
}
