using System.Security.Cryptography;

namespace Aeos.Cli.Files;

/// <summary>
/// A file that is written beside its place under a temporary name and put there when it is whole. So it may be the input, too, and a failure
/// leaves what was there as it was.
/// </summary>
internal sealed class ReplacingOutput : OutputFile
{
    private readonly FileStream _file;
    private readonly string _target;
    private readonly string _temporary;
    private bool _committed;

    private ReplacingOutput(FileStream file, string path, string target, string temporary)
    {
        _file = file;
        _target = target;
        _temporary = temporary;
        Name = path;
        Stream = new DescriptorStream(file.SafeFileHandle, temporary, FileAccess.Write, waits: false);
    }

    public override Stream Stream { get; }

    public override string Name { get; }

    public override bool IsDirect => false;

    public static ReplacingOutput Open(string path, OutputContent content)
    {
        // A link stays a link: the file that it leads to is replaced.
        var target = new FileInfo(path).LinkTarget is null ? Path.GetFullPath(path) : File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName;
        var folder = Path.GetDirectoryName(target) ?? "/";
        if (!Directory.Exists(folder))
        {
            throw new AeosException($"the output's folder {folder} does not exist", "Make it, or name a file in another folder.");
        }

        var temporary = Path.Combine(folder, $".aeos-{RandomNumberGenerator.GetHexString(16, lowercase: true)}.tmp");
        var file = RegularFile.Create(temporary, content == OutputContent.Plaintext ? RegularFile.OwnerOnly : null);
        if (content == OutputContent.Ciphertext && File.Exists(target) && !OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file.SafeFileHandle, File.GetUnixFileMode(target));
        }

        return new ReplacingOutput(file, path, target, temporary);
    }

    public override ValueTask CommitAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        RandomAccess.FlushToDisk(_file.SafeFileHandle);
        File.Move(_temporary, _target, overwrite: true);
        _committed = true;
        return ValueTask.CompletedTask;
    }

    public override async ValueTask DisposeAsync()
    {
        await Stream.DisposeAsync().ConfigureAwait(false);
        await _file.DisposeAsync().ConfigureAwait(false);
        if (!_committed)
        {
            File.Delete(_temporary);
        }
    }
}
