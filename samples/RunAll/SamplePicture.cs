using Samples.Data;

namespace Samples;

/// <summary>Finds the picture that stands for a sample.</summary>
public static class SamplePicture
{
    /// <summary>The most bytes of a picture that is worth a place in the repository.</summary>
    public const int MostBytes = 60 * 1024;

    private static readonly string[] Endings = [".svg", ".png"];

    /// <summary>The picture of a sample that has run: SVG where that is small enough, otherwise PNG.</summary>
    /// <param name="form">The sample.</param>
    /// <param name="folder">Where it wrote.</param>
    /// <param name="pictures">Where to copy the picture, named after the sample; or null.</param>
    /// <returns>The picture, a large one where there is no small one, which is not copied then; or an empty text where there is none.</returns>
    /// <exception cref="IOException">It cannot be copied.</exception>
    public static string Collect(ShortForm form, string folder, string? pictures)
    {
        ArgumentNullException.ThrowIfNull(form);
        string[] candidates = form.Picture.Length == 0 ? [] : [.. Endings.Select(ending => Path.Combine(folder, form.Picture + ending)).Where(File.Exists)];
        string? picture = candidates.FirstOrDefault(file => new FileInfo(file).Length <= MostBytes);
        if (picture is null || pictures is null)
        {
            return picture ?? candidates.FirstOrDefault() ?? "";
        }

        Directory.CreateDirectory(pictures);
        string copy = Path.Combine(pictures, form.Sample + Path.GetExtension(picture));
        File.Copy(picture, copy, overwrite: true);

        // That of a former run may have been of the other kind.
        foreach (string ending in Endings.Where(ending => ending != Path.GetExtension(picture)))
        {
            File.Delete(Path.ChangeExtension(copy, ending));
        }

        return copy;
    }
}
