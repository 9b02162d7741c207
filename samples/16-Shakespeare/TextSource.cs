using NetCompiler;
using Samples.Data;

namespace Samples;

/// <summary>Where the text comes from.</summary>
public static class TextSource
{
    private static readonly string[] Speakers = ["First Citizen", "ROMEO", "Nurse", "KING"];
    private static readonly string[] Openings = ["Speak", "Nay, good sir", "My lord", "What say you"];
    private static readonly string[] Claims = ["the night is young", "I know thee well", "this is no time for tears", "our friends are gone"];

    /// <summary>Shakespeare, from the folder or beside the repository; where the file is in neither, made up dialogues, which is said.</summary>
    public static string Load(string? folder)
    {
        if (SharedFolder.FindFile(folder, "data/tiny-shakespeare/input.txt", out string reason) is { } path)
        {
            return Utf8Text.Read(path);
        }

        Console.WriteLine($"making up dialogues: {reason}");
        var random = new Random(1);
        string Pick(string[] texts) => texts[random.Next(texts.Length)];
        return string.Concat(Enumerable.Range(0, 3000).Select(_ => $"{Pick(Speakers)}:\n{Pick(Openings)}, {Pick(Claims)}.\n\n"));
    }
}
