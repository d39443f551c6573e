using System.Text;
using Aeos.Kubernetes.Configuration;

namespace Aeos.Kubernetes.Tests.Fixtures;

/// <summary>A folder for a test's files, and connections found in it as a user would find them.</summary>
internal sealed class TestFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("aeos-kub-").FullName;

    public string Write(string name, string text)
    {
        var path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>A shell script that may be executed.</summary>
    public string Script(string name, string text)
    {
        var path = Write(name, "#!/bin/sh\n" + text);
        if (OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException("a shell script is no program here");
        }

        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }

    /// <summary>A kubeconfig with one context out of the fields of its cluster and its user, one a line.</summary>
    public string Kubeconfig(string cluster, string user = "", string name = "config") => Write(name, $"""
        apiVersion: v1
        kind: Config
        current-context: here
        contexts:
        - name: here
          context: {"{"}cluster: c, user: u, namespace: shop{"}"}
        clusters:
        - name: c
          cluster:
        {Indent(cluster)}
        users:
        - name: u
          user:
        {Indent(user)}
        """);

    public ClusterConnection Connect(string cluster, string user = "", TimeProvider? time = null)
        => ClusterConnection.Find(new ConnectionOptions { Kubeconfig = Kubeconfig(cluster, user), Time = time ?? TimeProvider.System });

    public static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private static string Indent(string fields)
        => string.Join('\n', fields.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => "    " + line));
}
