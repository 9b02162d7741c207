using System.Text;

namespace NetCompiler.Generators.Declaration;

/// <summary>How names in files become members, and which names generated code takes.</summary>
internal static class MemberNames
{
    /// <summary>The members of every generated class.</summary>
    public static readonly IReadOnlyCollection<string> Generated =
    [
        "InputLength", "OutputLength", "ParameterCount", "StatisticsCount", "Description", "Layers", "Seed", "Metadata", "Weights", "WeightSet",
        "Parameters", "ExportParameters", "ImportParameters", "Statistics", "Predict", "Classify", "WarmUp", "Load", "LoadWeights", "Save", "Clone",
        "CopyParametersFrom", "CreateTraining", "Training", "TrainingCall", "Kernels512", "Kernels256", "Kernels128",
    ];

    /// <summary>Names that would hide a type that declarations and generated code mention, or a member that all types have.</summary>
    public static readonly IReadOnlyCollection<string> Reserved =
    [
        "Training", "Loss", "Activation", "Initializer", "Padding", "Tensor", "Layers", "WeightSet", "Equals", "ReferenceEquals", "GetHashCode", "GetType",
        "ToString", "MemberwiseClone", "Finalize",
    ];

    /// <summary>Members of the collections of weights, beside which every weight is one.</summary>
    public static readonly IReadOnlyCollection<string> OfWeights = ["Count", "Item", "GetEnumerator"];

    /// <summary>Parameters that the generated methods have beside the spans.</summary>
    public static readonly IReadOnlyCollection<string> FixedParameters =
    [
        "threads", "state", "optimizer", "gradients", "accumulate", "sampleWeights", "training", "classes",
    ];

    /// <summary>Members of the generated Training, private ones included: a setting is a property beside them.</summary>
    private static readonly HashSet<string> OfTraining =
    [
        "Step", "ComputeGradients", "ComputeGradientsCore", "ComputeLoss", "Forward", "Backward", "Parameters", "Gradients", "Outputs", "Losses",
        "WeightGradients", "InputGradients", "Freeze", "Unfreeze", "StepIndex", "Network", "BatchSize", "FloatInput", "TokenInput", "FloatTarget",
        "ClassTarget", "SampleWeights", "Output", "Dispose", "ParameterRanges", "SettingNames", "RequireSamples", "Begin", "BindKept", "Want", "StagedWeights",
        "TrainingWork", "GradientTargets", "Kernels", "PredictChecked", "PredictRows", "PredictOnThreads", "PredictionCall", "PredictionWork", "PredictOneOnThreads", "PredictStage", "SampleWork", "SampleCall", "CreateDescription",
    ];

    /// <summary>
    /// Whether a property of the generated Training cannot have this name: another member has it, or generated code in Training means a member of
    /// the network's class or of object by it.
    /// </summary>
    public static bool IsTakenInTraining(string member)
        => OfTraining.Contains(member) || Generated.Contains(member) || Reserved.Contains(member)
            || (member.StartsWith("Staged", StringComparison.Ordinal) && char.IsDigit(member[member.Length - 1]));

    /// <summary>Each part between _ and . gets a capital first letter: conv2d1.kernel gives Conv2d1Kernel.</summary>
    public static string Member(string name)
    {
        var text = new StringBuilder(name.Length);
        bool starts = true;
        foreach (char letter in name)
        {
            if (letter is '_' or '.')
            {
                starts = true;
                continue;
            }

            text.Append(starts ? char.ToUpperInvariant(letter) : letter);
            starts = false;
        }

        return text.ToString();
    }

    /// <summary>The name of a method as names of layers are written: ResidualBlock gives residual_block, Conv2D conv2d.</summary>
    public static string Snake(string method)
    {
        var text = new StringBuilder(method.Length + 4);
        for (int i = 0; i < method.Length; i++)
        {
            if (i > 0 && char.IsUpper(method[i]) && char.IsLower(method[i - 1]))
            {
                text.Append('_');
            }

            text.Append(IsLetter(method[i]) || method[i] is (>= '0' and <= '9') or '_' ? char.ToLowerInvariant(method[i]) : 'x');
        }

        return text.Length > 0 && IsLetter(text[0]) ? text.ToString() : "block" + text; // layers' names begin with a letter of ASCII
    }

    /// <summary>Whether a layer may be called this: a letter, then letters, digits and underscores; all of ASCII, since files hold it.</summary>
    public static bool IsLayerName(string name)
        => name.Length is > 0 and <= 200 && IsLetter(name[0]) && name.All(letter => IsLetter(letter) || letter is (>= '0' and <= '9') or '_');

    private static bool IsLetter(char letter) => letter is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z');
}
