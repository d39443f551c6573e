namespace Aeos.Cli.Cluster;

/// <summary>The server has no such object.</summary>
/// <param name="part">What was asked for.</param>
internal sealed class PartMissingException(string part)
    : AeosException($"{part} is not there: the server has no such object", "It was deleted, or was never written: \"aeos backup describe\" or \"aeos restore describe\" says how far it came.");
