using System.Security.Cryptography;

namespace Aeos.Embedded.Writing;

/// <summary>Random endings of names, of the letters that Kubernetes takes: no vowels, so that no words come out.</summary>
internal static class GeneratedName
{
    private const string Alphabet = "bcdfghjklmnpqrstvwxz2456789";
    private const int SuffixLength = 5;
    private const int MaxBase = 63 - SuffixLength;

    public static string From(string prefix) => (prefix.Length > MaxBase ? prefix[..MaxBase] : prefix) + Suffix();

    public static string Suffix() => RandomNumberGenerator.GetString(Alphabet, SuffixLength);
}
