using System.ComponentModel;

namespace NetCompiler;

/// <summary>
/// Writes a file that appears under its name once it is complete and on the disk; until then, and if anything fails, an older file of that name stays as it was. What is no
/// file of a disk, a pipe or a device, is written to as it is.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class AtomicFile
{
    /// <summary>Writes to a temporary file in the same folder, flushes it to the disk and renames it. The file keeps the mode of the one that it replaces.</summary>
    /// <param name="path">The file; where it is a link, what it points to is replaced.</param>
    /// <param name="write">Writes the content.</param>
    /// <param name="temporaryName">
    /// The temporary file's name: null means one of its own, for writers that do not know of each other; a fixed one is overwritten, so that a killed process leaves one behind at most.
    /// </param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="IOException">The file cannot be written, or there is a folder in its place.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static void Write(string path, Action<Stream> write, string? temporaryName = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(write);
        if (SpecialFile.IsAt(path))
        {
            // Without a buffer: what fails, fails where it is written.
            using FileStream special = new(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            write(special);
            return;
        }

        (string full, string temporary) = Resolve(path, temporaryName);
        RequireNoFolder(full);
        UnixFileMode? mode = OperatingSystem.IsWindows() || !File.Exists(full) ? null : File.GetUnixFileMode(full);
        bool isOpen = false;
        try
        {
            using (FileStream stream = new(temporary, Options(temporaryName, mode)))
            {
                isOpen = true;
                KeepMode(stream, mode);
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, full, overwrite: true);
        }
        catch (IOException exception) when (!isOpen && Path.GetDirectoryName(full) is { } folder && !Directory.Exists(folder))
        {
            // The system's words are about the temporary file, of which nobody knows.
            throw new DirectoryNotFoundException(File.Exists(folder) ? $"{folder} is a file, not a folder." : $"The folder {folder} does not exist.", exception);
        }
        catch (Exception exception) when (isOpen)
        {
            DeleteQuietly(temporary);
            if (exception.GetBaseException() is IOException cause && cause.Message.Contains(temporary, StringComparison.Ordinal))
            {
                throw new IOException(cause.Message.Replace(temporary, full, StringComparison.Ordinal), exception);
            }

            throw;
        }
    }

    /// <summary>
    /// Proves, before hours of work, that <see cref="Write"/> will find a folder that it can write into: makes it where it is missing, and a temporary file in it for a
    /// moment. What is there stays as it is.
    /// </summary>
    /// <param name="path">The file that is to be written.</param>
    /// <param name="temporaryName">As for <see cref="Write"/>.</param>
    /// <exception cref="IOException">The folder cannot be made or written into, or there is a folder in the place of the file.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be made or written into.</exception>
    public static void RequireWritable(string path, string? temporaryName = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (SpecialFile.IsAt(path))
        {
            return;
        }

        (string full, string temporary) = Resolve(path, temporaryName);
        RequireNoFolder(full);
        Directory.CreateDirectory(Path.GetDirectoryName(full) ?? full);
        new FileStream(temporary, Options(temporaryName, mode: null)).Dispose();
        File.Delete(temporary);
    }

    /// <summary>The file itself, behind a link what it points to, and the temporary one beside it.</summary>
    private static (string Full, string Temporary) Resolve(string path, string? temporaryName)
    {
        FileInfo link = new(Path.GetFullPath(path));
        string full = link.LinkTarget is null ? link.FullName : link.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? link.FullName;
        return (full, Path.Combine(Path.GetDirectoryName(full) ?? full, temporaryName ?? $".netcompiler-{Guid.NewGuid():N}.tmp"));
    }

    private static FileStreamOptions Options(string? temporaryName, UnixFileMode? mode)
    {
        FileStreamOptions options = new() { Mode = temporaryName is null ? FileMode.CreateNew : FileMode.Create, Access = FileAccess.Write, Share = FileShare.None };
        if (mode is not null && !OperatingSystem.IsWindows())
        {
            // What is private is so from its first byte on.
            options.UnixCreateMode = mode;
        }

        return options;
    }

    // What the process's mask has taken away comes back; nothing is asked of a file system that has no other modes.
    private static void KeepMode(FileStream stream, UnixFileMode? mode)
    {
        if (mode is { } kept && !OperatingSystem.IsWindows() && File.GetUnixFileMode(stream.SafeFileHandle) != kept)
        {
            File.SetUnixFileMode(stream.SafeFileHandle, kept);
        }
    }

    private static void RequireNoFolder(string full)
    {
        if (Directory.Exists(full))
        {
            throw new IOException($"{full} is a folder.");
        }
    }

    private static void DeleteQuietly(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The failure that led here is the one to report.
        }
    }
}
