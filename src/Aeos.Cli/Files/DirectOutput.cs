using Microsoft.Win32.SafeHandles;

namespace Aeos.Cli.Files;

/// <summary>Standard output, a pipe or a device: what is written is out.</summary>
internal sealed class DirectOutput : OutputFile
{
    private const int StandardOutput = 1;

    private DirectOutput(SafeFileHandle handle, string name)
    {
        Name = name;
        Stream = new DescriptorStream(handle, name, FileAccess.Write, waits: true);
    }

    public override Stream Stream { get; }

    public override string Name { get; }

    public override bool IsDirect => true;

    /// <summary>Whether the path means this process's standard output. Its names under /dev are not opened anew: that would begin at the file's first byte.</summary>
    public static bool IsStandardOutput(string? path) => path is null or "-" or "/dev/stdout" or "/dev/fd/1" or "/proc/self/fd/1";

    public static DirectOutput OpenStandardOutput() => new(new SafeFileHandle(StandardOutput, ownsHandle: false), "standard output");

    public static async Task<DirectOutput> OpenAsync(string path, CancellationToken cancellationToken)
    {
        // Opening a named pipe waits for its reader.
        var handle = await Task.Run(
            () => File.OpenHandle(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete), CancellationToken.None)
            .WaitAsync(cancellationToken).ConfigureAwait(false);
        return new DirectOutput(handle, path);
    }

    public override ValueTask CommitAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public override ValueTask DisposeAsync() => Stream.DisposeAsync();
}
