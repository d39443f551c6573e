namespace Aeos.Cli.Keys;

/// <summary>How <c>aeos keygen</c> writes a key.</summary>
internal enum KeyFormat
{
    /// <summary>The seed's lines, for people.</summary>
    Text,

    /// <summary>The line <c>aeos-key-1:BASE64URL:NAME</c>.</summary>
    Line,

    /// <summary>Lines for a credentials file.</summary>
    Env,

    /// <summary>A Secret manifest.</summary>
    Secret,

    /// <summary>The bytes.</summary>
    Raw,
}
