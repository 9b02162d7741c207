using System.Globalization;

namespace Samples.Data;

/// <summary>The arguments of a sample's command line: pairs of <c>--name value</c> and switches <c>--name</c>.</summary>
public sealed class SampleArguments
{
    // Fewer to judge by would tell little.
    private const int LeastTest = 1000, TestShare = 5;

    private readonly Dictionary<string, string?> _values = [];

    /// <summary>Reads the arguments.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="options">The names that take a value, without dashes.</param>
    /// <param name="switches">The names that take none.</param>
    /// <exception cref="SampleHelpException">The options are asked for.</exception>
    /// <exception cref="ArgumentException">An argument is unknown, lacks its value or is given twice.</exception>
    public SampleArguments(IReadOnlyList<string> arguments, IReadOnlyList<string> options, IReadOnlyList<string>? switches = null)
    {
        switches ??= [];
        string known = string.Join(", ", options.Select(option => $"--{option} VALUE").Concat(switches.Select(option => "--" + option)));
        if (arguments.Any(argument => argument is "--help" or "-h"))
        {
            throw new SampleHelpException($"This sample takes {known}; all can be left out. The summary of Main in its Program.cs says what they mean.");
        }

        for (int i = 0; i < arguments.Count; i++)
        {
            string name = arguments[i].StartsWith("--", StringComparison.Ordinal) ? arguments[i][2..] : "";
            bool isOption = options.Contains(name);
            if (!isOption && !switches.Contains(name))
            {
                throw new ArgumentException($"\"{arguments[i]}\" is not an option of this sample. It takes {known}.");
            }

            if (isOption && i + 1 == arguments.Count)
            {
                throw new ArgumentException($"--{name} needs a value after it.");
            }

            if (!_values.TryAdd(name, isOption ? arguments[++i] : null))
            {
                throw new ArgumentException($"--{name} is given twice.");
            }
        }
    }

    /// <summary>A text, or null where it was not given.</summary>
    public string? Text(string name) => _values.GetValueOrDefault(name);

    /// <summary>A folder to write into, made where it is missing. It is to be asked for before anything is trained.</summary>
    /// <exception cref="IOException">It cannot be made, or is not writable.</exception>
    public string Folder(string name, string otherwise)
    {
        string folder = Text(name) ?? otherwise;
        OutputFolder.Make(folder);
        return folder;
    }

    /// <summary>Whether a switch was given.</summary>
    public bool Has(string name) => _values.ContainsKey(name);

    /// <summary>How many samples of a data set a short run takes, to train on and to judge by (a fifth as many, but at least 1,000); all of them where the option is not given.</summary>
    /// <exception cref="ArgumentException">The text is no number of samples.</exception>
    public (int Train, int Test) Parts(string name)
    {
        int train = Count(name, int.MaxValue);
        return (train, Math.Max(LeastTest, train / TestShare));
    }

    /// <summary>An integer, at least 1.</summary>
    /// <exception cref="ArgumentException">The text is no such integer.</exception>
    public int Count(string name, int otherwise)
    {
        if (!_values.TryGetValue(name, out string? text))
        {
            return otherwise;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value > 0
            ? value
            : throw new ArgumentException($"--{name} is \"{text}\", but must be a whole number of at least 1.");
    }
}
