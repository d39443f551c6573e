using System.CommandLine;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Options;

namespace Aeos.Cli.Stores;

/// <summary><c>aeos store url</c>.</summary>
internal static class UrlCommand
{
    private static readonly TimeSpan DefaultLifetime = TimeSpan.FromMinutes(10);

    public static Command Create()
    {
        var key = StoreCommand.Key();
        var lifetime = new DurationOption("--ttl", "How long the URL works, as in 90s, 10m or 1h30m. Default: 10m.");
        var location = new LocationOptions();
        var command = new DocumentedCommand("url", "Make a URL by which anybody can fetch an object that is not encrypted, until it expires.")
        {
            Notes = ["An encrypted object has none: whoever fetched it could not read it. Read it with \"store get\". The URL is a secret."],
            Examples = ["aeos store url --location location.yaml --ttl 10m backups/nightly-1/nightly-1-logs.gz"],
        };
        command.Add(key);
        command.Add(lifetime);
        location.AddTo(command);
        command.SetAction(async (result, cancellationToken) =>
        {
            var time = lifetime.Read(result) ?? DefaultLifetime;
            await using var opened = await location.OpenAsync(result, cancellationToken).ConfigureAwait(false);
            var url = await opened.Store.CreateSignedUrlAsync(result.GetRequiredValue(key), time, cancellationToken).ConfigureAwait(false);
            Console.Out.WriteLine(url.AbsoluteUri);
            return ExitCode.Done;
        });
        return command;
    }
}
