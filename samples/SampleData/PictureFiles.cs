using NetCompiler;

namespace Samples.Data;

/// <summary>Writes the pictures of a sample.</summary>
public static class PictureFiles
{
    /// <summary>Writes a picture as SVG and as PNG, making the folder where it is missing.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="folder">The folder.</param>
    /// <param name="name">The name of the file, without an extension.</param>
    public static void SaveTo(this Picture picture, string folder, string name)
    {
        Directory.CreateDirectory(folder);
        picture.Save(Path.Combine(folder, name + ".svg"));
        picture.Save(Path.Combine(folder, name + ".png"));
    }
}
