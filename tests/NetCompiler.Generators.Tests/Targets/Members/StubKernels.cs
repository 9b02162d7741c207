using NetCompiler.Generators.Schedule;

namespace NetCompiler.Generators.Tests.Targets.Members;

/// <summary>
/// Kernels that compute next to nothing, so that the members around them can be compiled and called: every output is the sum of the float
/// inputs of its sample plus the first parameter; every gradient is the number of rows; every part of the loss is the sum of the sample scales.
/// </summary>
internal static class StubKernels
{
    public static string Write(NetworkPlan plan)
    {
        SourceWriter writer = new();
        writer.WriteLine("#nullable enable");
        List<SourceWriter.Block> blocks = [];
        foreach (string header in (plan.Spec.Namespace.Length > 0 ? ["namespace " + plan.Spec.Namespace] : Array.Empty<string>())
            .Concat(plan.Spec.Containers).Append("partial class " + plan.Spec.Name))
        {
            blocks.Add(writer.WriteBlock(header));
        }

        foreach (int width in new[] { 512, 256, 128 })
        {
            WriteKernels(writer, plan, width);
        }

        blocks.Reverse();
        blocks.ForEach(block => block.Dispose());
        return writer.ToString();
    }

    private static void WriteKernels(SourceWriter writer, NetworkPlan plan, int width)
    {
        string inputs = string.Join(", ", plan.Spec.Inputs.Select((input, i) => $"ref {(input.Vocabulary > 0 ? "int" : "float")} in{i}"));
        string outputs = string.Join(", ", plan.Spec.Outputs.Select((_, i) => $"ref float out{i}"));
        string spans = $"{inputs}, ref float parameters, ref float statistics, {outputs}, ref float scratch";
        const string add = "global::System.Runtime.CompilerServices.Unsafe.Add";
        using (writer.WriteBlock($"private static class Kernels{width}"))
        {
            writer.WriteLine("internal static void CompilePredictOne() { }");
            writer.WriteLine("internal static void CompileGradients() { }");
            writer.WriteLine($"internal static void PredictOne({spans}) => PredictMany({Names(plan)}, 1);");
            using (writer.WriteBlock($"internal static void PredictMany({spans}, int rows)"))
            using (writer.WriteBlock("for (int row = 0; row < rows; row++)"))
            {
                writer.WriteLine("float sum = parameters;");
                for (int i = 0; i < plan.Spec.Inputs.Count; i++)
                {
                    if (plan.Spec.Inputs[i].Vocabulary == 0)
                    {
                        int length = (int)plan.Shapes[i].Length;
                        writer.WriteLine($"for (int k = 0; k < {length}; k++) {{ sum += {add}(ref in{i}, row * {length} + k); }}");
                    }
                }

                for (int i = 0; i < plan.Spec.Outputs.Count; i++)
                {
                    int length = (int)plan.Shapes[plan.Spec.Outputs[i].Value].Length;
                    writer.WriteLine($"for (int k = 0; k < {length}; k++) {{ {add}(ref out{i}, row * {length} + k) = sum + k; }}");
                }
            }

            string predict = string.Join(", ",
                plan.Spec.Inputs.Select((_, i) => $"ref call.Input{i}").Concat(["ref call.Parameters", "ref call.Statistics"])
                    .Concat(plan.Spec.Outputs.Select((_, i) => $"ref call.Output{i}")).Append("ref call.Batched"));
            foreach (string program in new[] { "Gradients", "Loss", "Forward", "Backward" })
            {
                // One stage, which is one thread's.
                writer.WriteLine($"internal static global::System.ReadOnlySpan<byte> {program}Stages => [0];");
            }

            writer.WriteLine($$"""
                internal static void Forward(ref TrainingCall call) => PredictMany({{predict}}, call.Rows);

                internal static void Loss(ref TrainingCall call)
                {
                    Forward(ref call);
                    for (int part = 0; part < {{plan.LossParts}}; part++)
                    {
                        float sum = 0;
                        for (int i = 0; i < call.Capacity; i++)
                        {
                            sum += {{add}}(ref call.SampleScale, i);
                        }

                        {{add}}(ref call.Losses, part) = sum;
                    }
                }

                internal static void Gradients(ref TrainingCall call)
                {
                    Loss(ref call);
                    Backward(ref call);
                }

                internal static void Backward(ref TrainingCall call)
                {
                    for (int i = 0; i < {{plan.ParameterLength}} && call.WantParameters; i++)
                    {
                        ref float gradient = ref {{add}}(ref call.Gradients, i);
                        gradient = (call.Accumulate ? gradient : 0) + call.Rows;
                    }

                    if (call.WantInputs)
                    {
                        {{(plan.Spec.Inputs[0].Vocabulary > 0 ? "" : "call.InputGradient0 = call.Step;")}}
                    }
                }
                """);
        }
    }

    private static string Names(NetworkPlan plan) => string.Join(", ",
        plan.Spec.Inputs.Select((_, i) => $"ref in{i}").Concat(["ref parameters", "ref statistics"])
            .Concat(plan.Spec.Outputs.Select((_, i) => $"ref out{i}")).Append("ref scratch"));
}
