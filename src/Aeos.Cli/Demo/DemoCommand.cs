using System.CommandLine;
using Aeos.Cli.CommandLine;
using Aeos.GoPlugin.Client;
using Aeos.GoPlugin.Grpc;

namespace Aeos.Cli.Demo;

/// <summary><c>aeos demo</c>.</summary>
internal static class DemoCommand
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(30);

    public static Command Create()
    {
        var keep = new Option<bool>("--keep") { Description = "Leave the demo's folder in place, key and all, to look around in it." };
        var command = new DocumentedCommand("demo", "Store a sample backup through the plugin, as Velero would, and try to read and to forge it.")
        {
            Notes = ["Needs no cluster and no bucket, and ends within half a minute. The exit code is 1 if any step is not as it should be."],
            Examples = ["aeos demo"],
        };
        command.Add(keep);
        command.SetAction((result, cancellationToken) => RunAsync(result.GetValue(keep), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(bool keep, CancellationToken cancellationToken)
    {
        var plugin = PluginExecutable.Find(AppContext.BaseDirectory);
        var folder = Directory.CreateTempSubdirectory("aeos-demo-").FullName;
        using var limit = new CancellationTokenSource(TimeLimit, TimeProvider.System);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await new DemoRun(plugin, folder, new DemoScreen()).RunAsync(both.Token).ConfigureAwait(false);
            return ExitCode.Done;
        }
        catch (PluginStartException failure)
        {
            throw new AeosException($"the plugin {plugin} did not start: {failure.Message.ReplaceLineEndings(" / ")}", "Build it anew with \"scripts/publish.sh\" or \"dotnet build\".", failure);
        }
        catch (RpcException failure)
        {
            throw new DemoFailedException($"the plugin answered {failure.StatusCode}: {failure.Message}", failure);
        }
        catch (OperationCanceledException failure) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new DemoFailedException($"it took longer than {TimeLimit.TotalSeconds} seconds", failure);
        }
        finally
        {
            if (keep)
            {
                Report.Note($"The demo's folder is {folder}; remove it when you have seen it.");
            }
            else
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }
}
