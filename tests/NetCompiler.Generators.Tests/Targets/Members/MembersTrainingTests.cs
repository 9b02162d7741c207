namespace NetCompiler.Generators.Tests.Targets.Members;

/// <summary>
/// What a generated training does around stub kernels: gradients are the number of rows, every part of the loss is the sum of the sample
/// scales, the first input gradient is the step's number.
/// </summary>
public class MembersTrainingTests
{
    private const string Help = """
        static string Error(Action action)
        {
            try { action(); return "none"; }
            catch (Exception exception) { return exception.GetType().Name + ": " + exception.Message; }
        }

        sealed class Descent(Action inside) : OptimizerState
        {
            public override double LearningRate { get; set; } = 1;
            public override long Steps { get; set; }
            public override System.Collections.Generic.IReadOnlyList<Memory<float>> Slots => [];
            public override void BeginStep(ReadOnlySpan<float> gradients) { Steps++; inside(); }
            public override void UpdateRange(int offset, Span<float> parameters, ReadOnlySpan<float> gradients)
            {
                for (int i = 0; i < parameters.Length; i++) { parameters[i] -= gradients[i]; }
            }
        }
        """;

    [Fact]
    public void Step_UpdatesAndCounts() => Assert.Equal("1 -2 1 2 0.75 4", Run("""
        float loss = training.Step(new float[6], new int[2], new Descent(() => { }));
        float parameter = network.Parameters[0];
        string first = loss + " " + parameter + " " + training.StepIndex;
        return first + " " + training.Step(new float[6], new int[2], new Descent(() => { }), new float[] { 1, 3 }) + " "
            + training.ComputeLoss(new float[6], new int[2], new float[] { 1, 0.5f }).ToString(System.Globalization.CultureInfo.InvariantCulture) + " " + training.Outputs.Length;
        """));

    [Fact]
    public void ComputeGradients_AccumulatesAndShowsInputs() => Assert.Equal("2 4 0 6 1", Run("""
        training.ComputeGradients(new float[6], new int[2]);
        float first = training.Gradients[0];
        bool none = training.InputGradients.IsEmpty;
        training.ComputeGradients(new float[6], new int[2], accumulate: true);
        float second = training.WeightGradients.HiddenKernel[0, 0];
        training.StepIndex = 1;
        int before = training.InputGradients.Length;
        training.ComputeGradients(new float[6], new int[2], GradientTargets.Inputs);
        return first + " " + second + " " + before + " " + training.InputGradients.Length + " " + training.InputGradients[0];
        """));

    [Fact]
    public void Backward_DifferentiatesTheLastForward() => Assert.Equal("7 1 2 0 True True", Run("""
        float[] output = new float[4];
        training.Forward(new float[] { 1, 2, 3, 0, 0, 1 }, output);
        training.Backward(new float[4], GradientTargets.Parameters | GradientTargets.Inputs);
        string result = output[1] + " " + training.StepIndex + " " + training.Gradients[5] + " " + training.InputGradients[0];
        bool refused = Error(() => training.Backward(new float[2])).StartsWith("ArgumentException: outputGradients has 2 values, but needs 4");
        training.ComputeLoss(new float[6], new int[2]);
        return result + " " + refused + " " + Error(() => training.Backward(new float[4])).StartsWith("InvalidOperationException: Backward of Small");
        """));

    [Theory]
    [InlineData("training.Step(new float[6], new int[] { 0, 2 }, new Descent(() => { }))", "ArgumentOutOfRangeException: target[1] is 2, but classes go from 0 to 1. ")]
    [InlineData("training.Step(new float[15], new int[5], new Descent(() => { }))", "ArgumentException: input has 5 samples, but this training was planned for at most 4. ")]
    [InlineData("training.Step(new float[6], new int[2], new Descent(() => { }), new float[1])", "ArgumentException: sampleWeights has 1 value, but needs 2: 2 samples of 1 value. ")]
    [InlineData("training.Step(new float[3], new int[1], new Descent(() => training.Step(new float[3], new int[1], new Descent(() => { }))))", "InvalidOperationException: Small.Training is in use by another call. A training belongs to one caller at a time; make one for each thread.")]
    [InlineData("training.Freeze(\"nothing\")", "ArgumentException: There is no layer or block \"nothing\". The network has normalization1, hidden. ")]
    [InlineData("network.CreateTraining(0)", "ArgumentOutOfRangeException: batchSize is 0, but a batch needs at least 1 sample. ")]
    [InlineData("((ITraining)training).TokenInput(0)", "ArgumentOutOfRangeException: There is no token input 0. In order: 0 input ")]
    [InlineData("((ITraining)training).ComputeLoss(5)", "ArgumentOutOfRangeException: count holds 5 samples, but this training was planned for 0 to 4. ")]
    public void WrongCalls_SayWhatIsWrongAndChangeNothing(string call, string expected) =>
        Assert.Equal(expected + "|0", Run($$"""string error = Error(() => { {{call}}; }); return error.Split('(')[0] + "|" + training.StepIndex;"""));

    [Fact]
    public void EmptyBatch_DoesNothing() => Assert.Equal("0 0 0 0 2", Run("""
        training.ComputeLoss(new float[3], new int[1]);
        Descent optimizer = new(() => { });
        return training.Step(default, default, optimizer) + " " + training.ComputeGradients(default, default) + " " + training.StepIndex + " " + optimizer.Steps
            + " " + training.Outputs.Length;
        """));

    [Fact]
    public void Dispose_EndsEverything() => Assert.Equal("ObjectDisposedException ObjectDisposedException ObjectDisposedException ObjectDisposedException", Run("""
        training.Dispose();
        training.Dispose();
        return string.Join(" ", Error(() => training.ComputeLoss(new float[3], new int[1])).Split(':')[0],
            Error(() => training.Gradients.Clear()).Split(':')[0], Error(() => ((ITraining)training).FloatInput(0).Clear()).Split(':')[0],
            Error(() => training.WeightGradients.ToString()).Split(':')[0]);
        """));

    [Fact]
    public void Staging_FeedsTheSameCalls() => Assert.Equal("1 4 2 1 12", Run("""
        ITraining staged = training;
        staged.FloatInput(0).Fill(1);
        staged.ClassTarget(0).Fill(1);
        float loss = staged.ComputeLoss(4);
        int outputs = staged.Output(0).Length / 2;
        staged.SampleWeights.Fill(2);
        return loss + " " + outputs + " " + staged.ComputeGradients(3) + " " + staged.StepIndex + " " + staged.FloatInput(0).Length;
        """));

    [Fact]
    public void Freeze_MarksTheRanges() => Assert.Equal("True,True False,False", Run("""
        string Ranges() { var ranges = ((IParameterRanges)training).ParameterRanges; return ranges[0].IsFrozen + "," + ranges[1].IsFrozen; }
        training.Freeze(Sample.Small.Layers.Hidden);
        string frozen = Ranges();
        training.Unfreeze();
        return frozen + " " + Ranges();
        """));

    [Fact]
    public void Calls_AllocateNothing() => Assert.Equal("0", Run("""
        float[] input = new float[12], output = new float[8];
        int[] target = new int[4];
        Descent optimizer = new(() => { });
        void All()
        {
            training.Step(input, target, optimizer);
            training.ComputeGradients(input, target, GradientTargets.Parameters | GradientTargets.Inputs);
            training.ComputeLoss(input, target);
            training.Forward(input, output);
            training.Backward(output);
            network.Predict(input, output);
            network.Classify(input, target);
        }
        // The least of three rounds: what the runtime allocates while it compiles a method again is no call's.
        long least = long.MaxValue;
        for (int round = 0; round < 3; round++)
        {
            for (int i = 0; i < 100; i++) { All(); }
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 100; i++) { All(); }
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        return least.ToString();
        """));

    [Fact]
    public void SettingsAndLosslessNetworks_KeepTheirForms()
    {
        Assert.Equal("0.1 lambda 0.5 3", MembersCompilation.Run(MembersPlans.Reviews(), """
            public static class Driver
            {
                public static string Run()
                {
                    using var training = new Outer.Reviews().CreateTraining(2);
                    ILossSettings settings = training;
                    string result = training.Lambda.ToString(System.Globalization.CultureInfo.InvariantCulture) + " " + settings.SettingNames[0];
                    settings[0] = 0.5f;
                    training.ComputeGradients(new float[8], new int[10], new float[2], new float[2], GradientTargets.Inputs);
                    return result + " " + training.Lambda.ToString(System.Globalization.CultureInfo.InvariantCulture) + " " + training.Losses.Length;
                }
            }
            """));
        Assert.Equal("Small has no loss: train it through Forward and Backward, or declare a [Loss].", MembersCompilation.Run(MembersPlans.Lossless(), """
            public static class Driver
            {
                public static string Run()
                {
                    using var training = new Sample.Small().CreateTraining(2);
                    try { return ((ITraining)training).ComputeLoss(1).ToString(); }
                    catch (InvalidOperationException exception) { return exception.Message; }
                }
            }
            """));
    }

    private static string Run(string body) => MembersCompilation.Run(MembersPlans.Classifier(), $$"""
        public static class Driver
        {
            {{Help}}
            public static string Run()
            {
                Sample.Small network = new(1);
                network.Weights.HiddenKernel.CopyFrom(new float[6]);
                Sample.Small.Training training = network.CreateTraining(4, threads: 1);
                {{body}}
            }
        }
        """);
}
