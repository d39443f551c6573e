using System.Security.Cryptography;
using System.Text;

namespace Aeos.Backup;

/// <summary>Names as values of labels (Velero 1.18, pkg/label/label.go).</summary>
public static class LabelValue
{
    private const int Longest = 63;
    private const int DigestLength = 6;

    /// <summary>The name; one that is too long is cut, and ends in the beginning of its digest.</summary>
    /// <param name="name">The name.</param>
    public static string Of(string name) => name.Length <= Longest ? name
        : name[..(Longest - DigestLength)] + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..DigestLength];
}
