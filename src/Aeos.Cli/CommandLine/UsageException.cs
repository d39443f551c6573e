namespace Aeos.Cli.CommandLine;

/// <summary>The command line asks for what cannot be: exit code 2.</summary>
internal sealed class UsageException(string cause, string remedy) : AeosException(cause, remedy);
