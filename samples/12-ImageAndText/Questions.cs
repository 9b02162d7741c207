using NetCompiler;

namespace Samples;

/// <summary>Questions about pictures that only both together answer: where a disc is, in a picture of 16 x 16 pixels with grain.</summary>
/// <param name="Images">256 values per question.</param>
/// <param name="Texts">The questions in words.</param>
/// <param name="Answers">An index into <see cref="AnswerNames"/> per question.</param>
public sealed record Questions(float[] Images, string[] Texts, int[] Answers)
{
    /// <summary>The width and height of a picture.</summary>
    public const int Size = 16;

    private static readonly string[] Names = ["yes", "no", "left", "right", "top", "bottom"];
    private static readonly string[] Asked = ["left", "right", "upper", "lower"];
    private static readonly string[] Sideways = ["is it on the left or right", "left or right", "on which side is the disc"];
    private static readonly string[] Upright = ["is it at the top or bottom", "top or bottom", "how high is the disc"];

    /// <summary>What can be answered.</summary>
    public static IReadOnlyList<string> AnswerNames { get; } = Array.AsReadOnly(Names);

    /// <summary>
    /// Draws questions. Half of them ask whether the disc is (or is not) in some half of the picture, a quarter each which side it is on and how high
    /// it is; so the words alone leave two answers, and the picture alone leaves four.
    /// </summary>
    public static Questions Draw(int count, int seed)
    {
        var random = new Random(seed);
        float[] images = new float[count * Size * Size];
        string[] texts = new string[count];
        int[] answers = new int[count];
        for (int i = 0; i < count; i++)
        {
            bool isLeft = random.Next(2) == 0, isUpper = random.Next(2) == 0;
            Paint(images.AsSpan(i * Size * Size, Size * Size), Place(isLeft, random), Place(isUpper, random), random);
            (texts[i], string answer) = random.Next(4) switch
            {
                0 => (Sideways[random.Next(Sideways.Length)], isLeft ? "left" : "right"),
                1 => (Upright[random.Next(Upright.Length)], isUpper ? "top" : "bottom"),
                _ => AskWhether(isLeft, isUpper, random),
            };
            answers[i] = Array.IndexOf(Names, answer);
        }

        return new Questions(images, texts, answers);
    }

    private static (string Text, string Answer) AskWhether(bool isLeft, bool isUpper, Random random)
    {
        string half = Asked[random.Next(Asked.Length)];
        bool negated = random.Next(2) == 0;
        bool isThere = half switch { "left" => isLeft, "right" => !isLeft, "upper" => isUpper, _ => !isUpper };
        return ($"is the disc {(negated ? "not " : "")}in the {half} half", isThere != negated ? "yes" : "no");
    }

    // The middle of the picture belongs to no half.
    private static double Place(bool isFirst, Random random) => isFirst ? 2 + (4 * random.NextDouble()) : 10 + (4 * random.NextDouble());

    private static void Paint(Span<float> image, double x, double y, Random random)
    {
        double radius = 1.5 + random.NextDouble();
        for (int pixel = 0; pixel < image.Length; pixel++)
        {
            double distance = Math.Sqrt(Math.Pow((pixel % Size) + 0.5 - x, 2) + Math.Pow((pixel / Size) + 0.5 - y, 2));
            image[pixel] = (float)((0.6 * Math.Clamp(radius + 0.5 - distance, 0, 1)) + (0.4 * random.NextDouble()));
        }
    }
}
