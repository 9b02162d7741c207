using NetCompiler.Generators.Schedule;
using NetCompiler.Generators.Tests.Common;

namespace NetCompiler.Generators.Tests.Schedule;

/// <summary>Programs of recurrent layers, forward and backward, compute what their graphs say.</summary>
public class RecurrentProgramTests
{
    [Theory]
    [InlineData("ResetAfter", 0)]
    [InlineData("Dropout", 0.3)]
    [InlineData("RecurrentDropout", 0.3)]
    [InlineData("UseBias", 0)]
    public void OptionsOfGatedUnits_EqualTheirGraph(string option, double value)
    {
        foreach (int width in new[] { 5, 16 })
        {
            new ProgramComparison(SpecBuilder.Input(3, 4).Layer("Gru", ("Units", width), (option, value)).Dense(2, l2: 0.1).Loss("MeanSquaredError").Build(), Machine.Vector256).All(samples: 5);
        }
    }


    [Theory]
    [InlineData("SimpleRnn", 512)]
    [InlineData("SimpleRnn", 256)]
    [InlineData("SimpleRnn", 128)]
    [InlineData("Lstm", 512)]
    [InlineData("Lstm", 256)]
    [InlineData("Lstm", 128)]
    [InlineData("Gru", 512)]
    [InlineData("Gru", 256)]
    [InlineData("Gru", 128)]
    public void RecurrentLayers_EqualTheirGraph(string kind, int bits)
    {
        Machine machine = CompiledNetwork.MachineOf(bits);
        foreach (int width in new[] { 1, 5, 16, 33 })
        {
            foreach (int steps in new[] { 1, 4 })
            {
                foreach (string option in new[] { "GoBackwards", "Bidirectional" })
                {
                    new ProgramComparison(SpecBuilder.Input(steps, 2).Layer(kind, ("Units", width), (option, 1), ("ReturnSequences", width % 2)).Dense(2).Loss("MeanSquaredError").Build(), machine).All(samples: 2);
                }

                new ProgramComparison(SpecBuilder.Input(steps, 3).Layer(kind, ("Units", width)).Dense(2).Loss("MeanSquaredError").Build(), machine).All(samples: 3);
                new ProgramComparison(SpecBuilder.Input(steps, 17).Layer(kind, ("Units", width), ("ReturnSequences", 1)).Layer(kind, ("Units", 5), ("ReturnSequences", 1)).Dense(3, "Softmax").Loss("SparseCategoricalCrossentropy").Build(), machine).All(samples: 17);
            }
        }
    }
}
