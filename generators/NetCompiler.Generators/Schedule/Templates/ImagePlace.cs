using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Schedule.Memory;

namespace NetCompiler.Generators.Schedule.Templates;

/// <summary>The distances within an image in memory, in floats.</summary>
/// <param name="Pixel">From one pixel to the next.</param>
/// <param name="Line">From one row of pixels to the next.</param>
/// <param name="Sample">From one image to the next.</param>
internal readonly record struct ImagePlace(int Pixel, int Line, int Sample)
{
    public static ImagePlace Of(Node node, Place place, int width)
    {
        int pixel = node.Shape[-1] == 1 ? 1 : place.RowStride;
        return new ImagePlace(pixel, pixel * width, place.SampleStride);
    }
}
