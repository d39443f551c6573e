using System.Security.Cryptography;
using System.Text;

namespace Aeos.Cli.Demo;

/// <summary>A value that nobody may find in the bucket, made for one run.</summary>
/// <param name="title">What it is, for people.</param>
internal sealed class SampleSecret(string title)
{
    /// <summary>What it is.</summary>
    public string Title { get; } = title;

    /// <summary>The value as somebody typed it.</summary>
    public string Value { get; } = $"demo-{RandomNumberGenerator.GetHexString(24, lowercase: true)}";

    /// <summary>The value as a Secret's data holds it.</summary>
    public string Base64 => Convert.ToBase64String(Encoding.ASCII.GetBytes(Value));

    /// <summary>Whether the content holds the value in either form.</summary>
    public bool IsIn(ReadOnlySpan<byte> content) =>
        content.IndexOf(Encoding.ASCII.GetBytes(Value)) >= 0 || content.IndexOf(Encoding.ASCII.GetBytes(Base64)) >= 0;
}
