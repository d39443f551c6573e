using System.CommandLine;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Demo.Cluster;
using Aeos.Cli.Demo.Plugin;
using Aeos.GoPlugin.Client;
using Aeos.GoPlugin.Grpc;

namespace Aeos.Cli.Demo;

/// <summary><c>aeos demo</c>.</summary>
internal static class DemoCommand
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(30);

    public static Command Create()
    {
        var keep = new Option<bool>("--keep") { Description = "Leave the demo's folder in place, keys and all, to look around in it." };
        var command = new DocumentedCommand("demo", "Back up a sample cluster, encrypted, lose it, restore it, and try to read and to forge the backup.")
        {
            Notes =
            [
                "Needs no cluster and no bucket, and ends within half a minute: the Kubernetes API is in memory, the bucket is a temporary folder.",
                "The exit code is 1 if any step is not as it should be.",
            ],
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
            await PlayAsync(plugin, new DemoFolder(folder), new DemoScreen(), both.Token).ConfigureAwait(false);
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

    private static async Task PlayAsync(string plugin, DemoFolder folder, DemoScreen screen, CancellationToken cancellationToken)
    {
        var (keyFile, _) = await folder.MakeKeyAsync("demo.key", cancellationToken).ConfigureAwait(false);
        var act = new ClusterAct(folder, keyFile, screen);
        var archive = await act.RunAsync(cancellationToken).ConfigureAwait(false);
        await new PluginAct(plugin, folder, screen).RunAsync(archive, act.Search, keyFile, cancellationToken).ConfigureAwait(false);
        screen.Verdict("Done. Proven: the bucket gave nothing away, every object came back, and nothing forged or under a wrong key was let through.");
    }
}
