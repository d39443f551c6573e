using System.CommandLine;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Options;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Locations;

/// <summary>Velero's <c>--credential SECRET=FIELD</c>.</summary>
internal sealed class CredentialOption
{
    private readonly PairsOption _pairs = new("--credential", '=', "SECRET=FIELD", "The Secret, in --namespace, and its field with the bucket's credentials. One at most.");

    public void AddTo(Command command) => command.Add(_pairs);

    /// <summary>Where the credentials are; null: not said.</summary>
    /// <exception cref="UsageException">It is no Secret with its field, or there are several.</exception>
    public SecretKeyReference? Read(ParseResult result) => _pairs.Read(result) switch
    {
        null => null,
        { Count: 1 } pairs when pairs.First() is { Value.Length: > 0 } one => new SecretKeyReference { Name = one.Key, Key = one.Value },
        _ => throw new UsageException($"{_pairs.Name} is not one Secret with one field", $"Write it as {_pairs.Name} cloud-credentials=cloud."),
    };
}
