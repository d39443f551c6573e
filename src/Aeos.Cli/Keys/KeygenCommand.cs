using System.CommandLine;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Files;
using Aeos.Encryption.Keys;

namespace Aeos.Cli.Keys;

/// <summary><c>aeos keygen</c>: makes a key, or writes one that is at hand in another form.</summary>
internal static class KeygenCommand
{
    private const string DefaultNamespace = "velero";

    public static Command Create()
    {
        var size = new Argument<string?>("SIZE")
        {
            Arity = ArgumentArity.ZeroOrOne,
            Description = "bits128, bits192 or bits256 (the default).",
        };
        var ascii = new Option<bool>("--ascii") { Description = "Make the key of ASCII letters, as the old keygen.py did, and print it as such, too. Weaker: see what is said on stderr." };
        var from = new Option<string?>("--from") { HelpName = "FILE", Description = "Do not make a key: read this one (raw, or an aeos-key-1 line; - for standard input)." };
        var format = new Option<string?>("-o", "--output")
        {
            HelpName = "text|line|env|secret|raw",
            Description = "text: for people. line: a line for a key file. env: lines for a credentials file. secret: a Secret manifest. raw: the bytes. Default: text; with --out: line.",
        };
        format.AcceptOnlyFromAmong("text", "line", "env", "secret", "raw");
        var output = new Option<string?>("--out") { HelpName = "FILE", Description = "Write to this new file, which only you can read. A file that is there is never overwritten." };
        var name = new Option<string?>("--name") { HelpName = "NAME", Description = "With -o secret: the Secret's name." };
        var namespaceName = new Option<string?>("--namespace") { HelpName = "NAMESPACE", Description = $"With -o secret: its namespace. Default: {DefaultNamespace}." };

        var command = new DocumentedCommand("keygen", "Make an encryption key, or show the hash and the name of one.")
        {
            Notes =
            [
                "Keep a copy of the key outside the cluster: backups whose key is lost are lost.",
                "With --from, the text form shows hash and name only, not the key.",
            ],
            Examples =
            [
                "aeos keygen --out backup.key",
                "aeos keygen bits256",
                "aeos keygen --from backup.key",
                "aeos keygen --from backup.key -o env >> credentials-velero",
                "aeos keygen --from backup.key -o secret --name backup-key --namespace velero | kubectl apply -f -",
            ],
        };
        command.Add(size);
        command.Add(ascii);
        command.Add(from);
        command.Add(format);
        command.Add(output);
        command.Add(name);
        command.Add(namespaceName);
        command.SetAction((result, cancellationToken) => RunAsync(
            new KeygenRequest(
                result.GetValue(size),
                result.GetValue(ascii),
                result.GetValue(from),
                FormatOf(result.GetValue(format), result.GetValue(output)),
                result.GetValue(output),
                result.GetValue(name),
                result.GetValue(namespaceName)),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(KeygenRequest request, CancellationToken cancellationToken)
    {
        request.Check();
        if (request.Format == KeyFormat.Raw && request.Output is null)
        {
            OutputFile.RefuseTerminal(request.Output, "a raw key");
        }

        using var key = request.From is null ? Generate(request) : await KeyFile.ReadAsync(request.From == "-" ? "/dev/stdin" : request.From, cancellationToken).ConfigureAwait(false);
        using var text = Write(key, request);
        if (request.Output is null)
        {
            await using var standardOutput = DirectOutput.OpenStandardOutput();
            await standardOutput.Stream.WriteAsync(text.Bytes, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await NewKeyFile.WriteAsync(request.Output, text.Bytes, cancellationToken).ConfigureAwait(false);
            Report.Note($"The key {key.Name} ({key.BitLength} bits) is in {request.Output}, for you alone to read. Keep a copy outside the cluster.");
        }

        return ExitCode.Done;
    }

    private static WrappingKey Generate(KeygenRequest request)
    {
        if (!request.Ascii)
        {
            return WrappingKey.Generate(request.Bits);
        }

        Report.Warning(AsciiKey.Weakness(request.Bits));
        return AsciiKey.Generate(request.Bits);
    }

    private static SecretText Write(WrappingKey key, KeygenRequest request) => request.Format switch
    {
        KeyFormat.Line => KeyWriting.Line(key),
        KeyFormat.Env => KeyWriting.Env(key),
        KeyFormat.Secret => KeyWriting.Secret(key, request.Name!, request.Namespace ?? DefaultNamespace),
        KeyFormat.Raw => KeyWriting.Raw(key),
        _ => KeyWriting.Text(key, withKey: request.From is null, request.Ascii),
    };

    private static KeyFormat FormatOf(string? format, string? output) => format switch
    {
        "line" => KeyFormat.Line,
        "env" => KeyFormat.Env,
        "secret" => KeyFormat.Secret,
        "raw" => KeyFormat.Raw,
        null when output is not null => KeyFormat.Line,
        _ => KeyFormat.Text,
    };
}
