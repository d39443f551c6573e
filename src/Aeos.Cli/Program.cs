using Aeos.Cli.CommandLine;
using Aeos.Encryption.Keys;

CoreDumps.Disable();
using var termination = new Termination(TimeProvider.System);
return await termination.RunAsync(cancellationToken => AeosCommand.RunAsync(args, grace => termination.Grace = grace, cancellationToken)).ConfigureAwait(false);
