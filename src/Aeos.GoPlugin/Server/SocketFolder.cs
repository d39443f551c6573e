using System.Net.Sockets;
using System.Security;
using System.Text;
using Aeos.GoPlugin.Handshake;

namespace Aeos.GoPlugin.Server;

/// <summary>
/// Where a plugin's socket lives: alone in a fresh folder that only its owner can enter, and gone with the process. A host that names a folder
/// (<see cref="PluginEnvironment.UnixSocketFolder"/>) gets the socket right in it when that folder is as private, or is to be shared with a
/// group on purpose; else a fresh folder in it. The group itself (<see cref="PluginEnvironment.UnixSocketGroup"/>) is not set: .NET cannot
/// change a file's group, and a folder with the set-group-id bit does the same.
/// </summary>
internal sealed class SocketFolder : IDisposable
{
    private const string NamePrefix = "aeos-plugin-";
    private const string SocketName = "plugin.sock";

    // sockaddr_un holds 108 bytes, the last of them zero.
    private const int LongestPath = 107;

    private const UnixFileMode OthersMode = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private readonly string? _ownFolder;
    private readonly bool _shared;

    private SocketFolder(string socketPath, string? ownFolder, bool shared)
    {
        SocketPath = socketPath;
        _ownFolder = ownFolder;
        _shared = shared;
    }

    /// <summary>The socket's path.</summary>
    public string SocketPath { get; }

    /// <summary>Makes the folder.</summary>
    /// <param name="requested">The folder that the host names, or null.</param>
    /// <param name="group">The group that the host names, or null.</param>
    /// <exception cref="IOException">The folder cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be made.</exception>
    public static SocketFolder Create(string? requested, string? group)
    {
        if (string.IsNullOrEmpty(requested))
        {
            CheckLength(Path.Combine(Path.GetTempPath(), NamePrefix + "XXXXXX", SocketName), "TMPDIR");
            var own = Directory.CreateTempSubdirectory(NamePrefix).FullName;
            return new SocketFolder(Path.Combine(own, SocketName), own, shared: false);
        }

        var shared = !string.IsNullOrEmpty(group);
        var name = Path.GetRandomFileName();
        CheckLength(Path.Combine(requested, NamePrefix + name, SocketName), PluginEnvironment.UnixSocketFolder);
        if (shared || (File.GetUnixFileMode(requested) & OthersMode) == 0)
        {
            return new SocketFolder(Path.Combine(requested, "plugin" + name), null, shared);
        }

        var folder = Path.Combine(requested, NamePrefix + name);
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return new SocketFolder(Path.Combine(folder, SocketName), folder, shared: false);
    }

    /// <summary>Narrows the socket itself, once it is there.</summary>
    public void RestrictSocket() => File.SetUnixFileMode(
        SocketPath,
        UnixFileMode.UserRead | UnixFileMode.UserWrite | (_shared ? UnixFileMode.GroupRead | UnixFileMode.GroupWrite : UnixFileMode.None));

    /// <summary>
    /// Takes away folders whose processes were killed. Only folders of this name that this user can enter, that hold nothing but a socket on which
    /// nobody listens, and that are older than <paramref name="age"/>: a plugin that is just starting does not listen yet either.
    /// </summary>
    public static void SweepAbandoned(DateTimeOffset now, TimeSpan age)
    {
        try
        {
            foreach (var folder in new DirectoryInfo(Path.GetTempPath()).EnumerateDirectories(NamePrefix + "*"))
            {
                if (folder.LinkTarget is null && now - folder.LastWriteTimeUtc > age)
                {
                    Sweep(folder.FullName);
                }
            }
        }
        catch (Exception e) when (IsFileTrouble(e))
        {
            // Tidying up for others is never a reason to fail.
        }
    }

    public void Dispose()
    {
        try
        {
            File.Delete(SocketPath);
            if (_ownFolder is not null)
            {
                Directory.Delete(_ownFolder);
            }
        }
        catch (Exception e) when (IsFileTrouble(e))
        {
            // The process ends either way; the next one sweeps.
        }
    }

    private static void CheckLength(string path, string variable)
    {
        if (Encoding.UTF8.GetByteCount(path) > LongestPath)
        {
            throw new IOException($"the socket {path} would have a path of more than {LongestPath} bytes; let {variable} name a folder with a shorter one");
        }
    }

    private static void Sweep(string folder)
    {
        try
        {
            var socketPath = Path.Combine(folder, SocketName);
            if (Directory.EnumerateFileSystemEntries(folder).All(entry => entry == socketPath) && !IsListening(socketPath))
            {
                File.Delete(socketPath);
                Directory.Delete(folder);
            }
        }
        catch (Exception e) when (IsFileTrouble(e))
        {
            // Another user's, or just gone.
        }
    }

    private static bool IsListening(string socketPath)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(socketPath));
            return true;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode is not (SocketError.ConnectionRefused or SocketError.AddressNotAvailable) && File.Exists(socketPath);
        }
    }

    private static bool IsFileTrouble(Exception e) => e is IOException or UnauthorizedAccessException or SecurityException or SocketException;
}
