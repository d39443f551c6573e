using System.Runtime.InteropServices;

namespace Aeos.Encryption.Keys;

/// <summary>Keeps keys and plaintext out of core dumps.</summary>
public static partial class CoreDumps
{
    private const int PrSetDumpable = 4;
    private const int RlimitCore = 4;

    /// <summary>
    /// Switches core dumps off for this process, and with them the reading of its memory by other processes of the same user (prctl(2),
    /// PR_SET_DUMPABLE). For the first line of an executable. Where the system has no such switch, nothing happens.
    /// </summary>
    public static void Disable()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        // Either alone would do; a sandbox may refuse one of them, and that must not keep the program from its work.
        _ = Prctl(PrSetDumpable, 0, 0, 0, 0);
        var none = default(ResourceLimit);
        _ = SetResourceLimit(RlimitCore, in none);
    }

    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int Prctl(int option, nuint argument2, nuint argument3, nuint argument4, nuint argument5);

    [LibraryImport("libc", EntryPoint = "setrlimit")]
    private static partial int SetResourceLimit(int resource, in ResourceLimit limit);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct ResourceLimit
    {
        private readonly nuint _soft;
        private readonly nuint _hard;
    }
}
