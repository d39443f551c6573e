using System.Diagnostics;

namespace Aeos.Cluster.Tests.Stores;

/// <summary>A filesystem in memory that holds so much and no more, mounted over a folder until it is disposed.</summary>
internal sealed class Tmpfs : IAsyncDisposable
{
    private const int Page = 4096;

    private readonly string _folder;

    private Tmpfs(string folder) => _folder = folder;

    public static async Task<Tmpfs> MountAsync(string folder)
    {
        await RunAsync("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", folder);
        return new Tmpfs(folder);
    }

    /// <summary>Makes it so small or so large that so many pages of 4 KiB are free, of one at least.</summary>
    public async Task LeaveAsync(int pages)
    {
        var drive = new DriveInfo(_folder);
        await RunAsync("mount", "-o", $"remount,size={drive.TotalSize - drive.TotalFreeSpace + (pages * Page)}", _folder);
        drive.AvailableFreeSpace.ShouldBe(pages * Page);
    }

    public async ValueTask DisposeAsync() => await RunAsync("umount", _folder);

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, error);
    }
}
