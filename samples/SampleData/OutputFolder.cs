namespace Samples.Data;

/// <summary>The folder that a sample writes into.</summary>
public static class OutputFolder
{
    /// <summary>Makes a folder where it is missing, and sees that files can be written into it: what is trained for an hour should not be lost at its end.</summary>
    /// <exception cref="IOException">It cannot be made, or is not writable.</exception>
    public static void Make(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            using FileStream file = File.Create(Path.Combine(folder, Path.GetRandomFileName()), bufferSize: 1, FileOptions.DeleteOnClose);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new IOException($"No files can be written into the folder \"{folder}\": {exception.Message}", exception);
        }
    }
}
