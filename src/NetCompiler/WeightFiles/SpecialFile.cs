using System.Runtime.InteropServices;

namespace NetCompiler;

/// <summary>
/// Tells pipes and devices from the files of a disk, which the framework does not. Only Linux is asked, where programs get such paths: /dev/stdout, a shell's &gt;(...);
/// elsewhere, and where the call is missing, everything counts as a file.
/// </summary>
internal static class SpecialFile
{
    // statx(2), whose structure is the same on every processor.
    private const int StructureBytes = 256;
    private const int ModeOffset = 28;
    private const int WorkingFolder = -100;
    private const uint TypeWanted = 1;

    private const int TypeMask = 0xF000;
    private const int Folder = 0x4000;
    private const int Regular = 0x8000;

    /// <summary>Whether a path leads, through all links, to something that is there and is neither a file of a disk nor a folder.</summary>
    public static bool IsAt(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        try
        {
            byte[] status = new byte[StructureBytes];
            return statx(WorkingFolder, path, 0, TypeWanted, ref status[0]) == 0
                && (MemoryMarshal.Read<ushort>(status.AsSpan(ModeOffset)) & TypeMask) is not (Regular or Folder);
        }
        catch (Exception missing) when (missing is DllNotFoundException or EntryPointNotFoundException)
        {
            return false;
        }
    }

    [DllImport("libc")]
    private static extern int statx(int folder, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint wanted, ref byte status);
}
