using System.Globalization;
using System.Text;

namespace Aeos.RawClient;

/// <summary>Secrets as applications have them: about 1 KiB as the server lists them, of bytes that no compressor shrinks. The same ones each time.</summary>
internal sealed class SampleSecrets(string prefix, int count, int namespaces)
{
    private const int PasswordBytes = 24;
    private const int CertificateBytes = 400;

    public IReadOnlyList<string> Namespaces { get; } = [.. Enumerable.Range(0, namespaces).Select(number => $"{prefix}-{number}")];

    public static byte[] Namespace(string name) => Encoding.UTF8.GetBytes($$$"""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"{{{name}}}"}}""");

    /// <summary>One of them, with its namespace: neighbours in one namespace, as a list has them.</summary>
    public (string Namespace, byte[] Body) Secret(int number)
    {
        var random = new Random(number);
        var (password, certificate) = (new byte[PasswordBytes], new byte[CertificateBytes]);
        random.NextBytes(password);
        random.NextBytes(certificate);
        var space = Namespaces[(int)((long)number * namespaces / count)];
        var application = (number % 97).ToString(CultureInfo.InvariantCulture);
        return (space, Encoding.UTF8.GetBytes($$$"""
            {"apiVersion":"v1","kind":"Secret","type":"Opaque","metadata":{"name":"database-credentials-{{{number:d6}}}","namespace":"{{{space}}}","labels":{"app.kubernetes.io/name":"shop-{{{application}}}","app.kubernetes.io/part-of":"shop","tier":"backend"},"annotations":{"example.com/rotated":"2026-05-01T03:00:00Z"}},"data":{"username":"c2hvcA==","password":"{{{Convert.ToBase64String(password)}}}","tls.crt":"{{{Convert.ToBase64String(certificate)}}}"}}
            """));
    }
}
