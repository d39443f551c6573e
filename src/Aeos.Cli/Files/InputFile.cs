using Microsoft.Win32.SafeHandles;

namespace Aeos.Cli.Files;

/// <summary>Where a command's bytes come from: a file, or standard input when there is none or it is <c>-</c>.</summary>
internal sealed class InputFile : IDisposable
{
    private const int StandardInput = 0;

    private InputFile(SafeFileHandle handle, string name)
    {
        Name = name;
        Length = RegularFile.TryGetLength(handle);
        Stream = new DescriptorStream(handle, name, FileAccess.Read, waits: Length is null);
    }

    /// <summary>The bytes, from where the input stands.</summary>
    public Stream Stream { get; }

    /// <summary>For people: the path, or <c>standard input</c>.</summary>
    public string Name { get; }

    /// <summary>The file's length in bytes, where there is one.</summary>
    public long? Length { get; }

    /// <summary>Opens the input.</summary>
    /// <param name="path">A path, or null or <c>-</c> for standard input.</param>
    /// <param name="cancellationToken">Ends the waiting for a named pipe's other end.</param>
    /// <exception cref="AeosException">It is a folder, or not there.</exception>
    public static async Task<InputFile> OpenAsync(string? path, CancellationToken cancellationToken)
    {
        if (path is null or "-")
        {
            return new InputFile(new SafeFileHandle(StandardInput, ownsHandle: false), "standard input");
        }

        switch (FileKinds.Of(path))
        {
            case FileKind.Folder:
                throw new AeosException($"the input {path} is a folder", "Pack it first, for example with \"tar -c FOLDER | aeos encrypt ...\", or name a file.");
            case FileKind.Missing:
                throw new AeosException($"there is no input file {path}", "Check the path: it is taken relative to the folder that you are in.");
        }

        // Sharing everything keeps .NET from locking the file.
        var handle = await Task.Run(
            () => File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete), CancellationToken.None)
            .WaitAsync(cancellationToken).ConfigureAwait(false);
        return new InputFile(handle, path);
    }

    public void Dispose() => Stream.Dispose();
}
