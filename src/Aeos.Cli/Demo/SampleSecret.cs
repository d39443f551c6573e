using System.Security.Cryptography;
using System.Text;

namespace Aeos.Cli.Demo;

/// <summary>The password in the sample's Secret, made for one run, in the two forms in which a backup holds it.</summary>
internal sealed class SampleSecret
{
    public SampleSecret()
    {
        Password = $"demo-password-{RandomNumberGenerator.GetHexString(24, lowercase: true)}";
        Base64 = Convert.ToBase64String(Encoding.ASCII.GetBytes(Password));
    }

    /// <summary>As somebody typed it: in an annotation that kubectl leaves.</summary>
    public string Password { get; }

    /// <summary>As the Secret's data holds it.</summary>
    public string Base64 { get; }

    /// <summary>Whether the content holds the password in either form.</summary>
    public bool IsIn(ReadOnlySpan<byte> content) =>
        content.IndexOf(Encoding.ASCII.GetBytes(Password)) >= 0 || content.IndexOf(Encoding.ASCII.GetBytes(Base64)) >= 0;
}
