using System.Runtime.Versioning;
using Aeos.Plugin.CommandLine;

namespace Aeos.Plugin.Tests;

[UnsupportedOSPlatform("windows")]
public sealed class CopyToTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aeos-copy");

    [Fact]
    public async Task The_copy_is_whole_and_executable_by_everybody_and_nothing_else_is_there()
    {
        var program = Path.Combine(_folder.FullName, "program");
        await File.WriteAllBytesAsync(program, [1, 2, 3]);
        var target = _folder.CreateSubdirectory("target").FullName;
        await File.WriteAllTextAsync(Path.Combine(target, "velero-plugin-aeos"), "an older one");

        await CopyTo.RunAsync(program, target, CancellationToken.None);

        var copy = Directory.GetFileSystemEntries(target).ShouldHaveSingleItem();
        copy.ShouldBe(Path.Combine(target, "velero-plugin-aeos"));
        (await File.ReadAllBytesAsync(copy)).ShouldBe([1, 2, 3]);
        ((int)File.GetUnixFileMode(copy)).ShouldBe(Convert.ToInt32("755", 8));
    }

    [Fact]
    public async Task A_folder_that_is_missing_is_refused_by_name()
    {
        var refusal = await Should.ThrowAsync<AeosException>(
            () => CopyTo.RunAsync(Environment.ProcessPath!, Path.Combine(_folder.FullName, "missing"), CancellationToken.None));

        refusal.Cause.ShouldContain(Path.Combine(_folder.FullName, "missing"));
        refusal.Remedy.ShouldNotBeEmpty();
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
