using System.Globalization;
using Microsoft.CodeAnalysis;
using NetCompiler.Generators.Declaration.Functional;
using NetCompiler.Generators.Graph;

namespace NetCompiler.Generators.Declaration;

/// <summary>Whether a loss has a meaning for the output it judges, and its options for the loss.</summary>
internal static class LossChecks
{
    private static readonly string[] Crossentropies = ["BinaryCrossentropy", "CategoricalCrossentropy", "SparseCategoricalCrossentropy"];

    public static void CheckOptions(Reading reading, AttributeData attribute, LossSpec loss)
    {
        string name = loss.Kind.Length > 0 ? loss.Kind : loss.Method;
        CheckOwner(reading, attribute, "FromLogits", name, Crossentropies);
        CheckOwner(reading, attribute, "LabelSmoothing", name, Crossentropies);
        CheckOwner(reading, attribute, "Delta", name, "Huber");
        CheckNumber(reading, attribute, name, "Weight", loss.Weight, loss.Weight >= 0, "at least 0");
        CheckNumber(reading, attribute, name, "LabelSmoothing", loss.LabelSmoothing, loss.LabelSmoothing is >= 0 and < 1, "at least 0 and below 1");
        CheckNumber(reading, attribute, name, "Delta", loss.Delta, loss.Delta > 0, "above 0");
    }

    /// <summary>A loss that cannot be right for the last activation, or for the number of units.</summary>
    public static void CheckOutput(Reading reading, AttributeData attribute, LossSpec loss, ForwardNetwork network, int judged, Shape output)
    {
        int value = network.Outputs[judged].Value;
        // Before the activation: with one output, no advice about it would help.
        bool countsClasses = loss.Kind is "CategoricalCrossentropy" or "SparseCategoricalCrossentropy" or "NegativeLogLikelihood" or "KullbackLeibler";
        if (countsClasses && output[-1] < 2)
        {
            reading.Report(new Finding("NC0305", DeclaredPlaces.Of(attribute, "Kind", reading.CancellationToken), new[] { loss.Kind, output.ToString() }) { Repair = "2" });
            return;
        }

        string activation = OutputRange.Activation(network.Inputs.Count, network.Layers, reading.Places.Shapes, value);
        if ((activation.Length > 0 || loss.Kind == "Perceptron") && Misfit(loss, activation, output) is { } misfit)
        {
            string last = value < network.Inputs.Count ? network.Inputs[value].Name : network.Layers[value - network.Inputs.Count].Name;
            reading.Report("NC0301", attribute, "Kind", loss.Kind, misfit.Needs, last, $"{Described(activation)}", misfit.Advice);
        }
    }

    private static (string Needs, string Advice)? Misfit(LossSpec loss, string activation, Shape output)
    {
        const string UseSoftmax = "write Activation.Softmax on the last layer, or FromLogits = true";
        switch (loss.Kind)
        {
            case "SparseCategoricalCrossentropy" or "CategoricalCrossentropy" when !loss.FromLogits && activation != "Softmax":
                return ("a class distribution", UseSoftmax);
            case "KullbackLeibler" when activation != "Softmax":
                return ("a class distribution", "write Activation.Softmax on the last layer");
            case "NegativeLogLikelihood" when activation != "LogSoftmax":
                return ("logarithms of a class distribution", "write Activation.LogSoftmax on the last layer");
            case "BinaryCrossentropy" when !loss.FromLogits && activation == "Softmax":
                return ("one probability per output", "write Activation.Sigmoid on the last layer" + (output[-1] < 2 ? "" : ", or Loss.CategoricalCrossentropy"));
            case "BinaryCrossentropy" when !loss.FromLogits && activation is not ("Sigmoid" or "HardSigmoid"):
                return ("one probability per output", "write Activation.Sigmoid on the last layer, or FromLogits = true");
            case "Perceptron" when activation != "Step":
                return ("a step", "write Activation.Step on the last layer");
            case "Hinge" when activation is "Sigmoid" or "HardSigmoid" or "Softmax" or "LogSoftmax" or "Exp" or "Softplus" or "Step":
                return ("scores on both sides of 0", "leave the last layer linear");
            default:
                return null;
        }
    }

    private static string Described(string activation) => activation switch
    {
        "Linear" => "any numbers (Activation.Linear)",
        "Softmax" => "a class distribution (Activation.Softmax)",
        "LogSoftmax" => "logarithms of a class distribution (Activation.LogSoftmax)",
        "Sigmoid" or "HardSigmoid" => $"numbers from 0 to 1 (Activation.{activation})",
        "Step" => "0 or 1 (Activation.Step)",
        "" => "values of which no activation tells the range",
        _ => $"the values of Activation.{activation}",
    };

    private static void CheckOwner(Reading reading, AttributeData attribute, string option, string loss, params string[] owners)
    {
        if (OptionReader.IsGiven(attribute, option) && !owners.Contains(loss))
        {
            reading.Report("NC0307", attribute, option, loss, option, string.Join(", ", owners));
        }
    }

    private static void CheckNumber(Reading reading, AttributeData attribute, string loss, string option, double number, bool isValid, string allowed)
    {
        if (!isValid)
        {
            reading.Report("NC0306", attribute, option, loss, option, number.ToString(CultureInfo.InvariantCulture), allowed);
        }
    }
}
