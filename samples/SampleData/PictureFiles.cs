using NetCompiler;

namespace Samples.Data;

/// <summary>Writes the pictures of a sample.</summary>
public static class PictureFiles
{
    /// <summary>Writes a picture as SVG and as PNG, making the folder where it is missing.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="folder">The folder.</param>
    /// <param name="name">The name of the file, without an extension.</param>
    /// <param name="scale">The number of the PNG's pixels for one of the picture's.</param>
    public static void SaveTo(this Picture picture, string folder, string name, double scale = 2)
    {
        Directory.CreateDirectory(folder);
        picture.Save(Path.Combine(folder, name + ".svg"));
        picture.Save(Path.Combine(folder, name + ".png"), scale: scale);
    }
}
