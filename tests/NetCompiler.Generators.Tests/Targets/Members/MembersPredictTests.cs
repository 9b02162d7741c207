namespace NetCompiler.Generators.Tests.Targets.Members;

/// <summary>What the members do around stub kernels: checks, counts of samples, copies and files. Every output is the sum of its inputs plus its index.</summary>
public class MembersPredictTests
{
    private const string Help = """
        static string Error(Action action)
        {
            try { action(); return "none"; }
            catch (Exception exception) { return exception.GetType().Name + ": " + exception.Message; }
        }
        """;

    [Theory]
    [InlineData("network.Predict(new float[] { 1, 2, 3 }, output.AsSpan(0, 2));", "6 7 0 0 0 0")]
    [InlineData("network.Predict(new float[] { 1, 2, 3, 1, 1, 1, 0, 0, 1 }, output);", "6 7 3 4 1 2")]
    [InlineData("network.Predict(new float[] { 1, 2, 3, 1, 1, 1, 0, 0, 1 }, output, 0);", "6 7 3 4 1 2")]
    [InlineData("network.Predict(default, default);", "0 0 0 0 0 0")]
    [InlineData("output = network.Predict(new float[] { 1, 2, 3, 1, 1, 1 });", "6 7 3 4")]
    [InlineData("((INetwork)network).Predict(new Column[] { new float[] { 1, 2, 3 } }, new Memory<float>[] { output.AsMemory(0, 2) });", "6 7 0 0 0 0")]
    public void Predict_TakesAnyNumberOfSamples(string call, string expected) =>
        Assert.Equal(expected, Run($"float[] output = new float[6]; {call} return string.Join(\" \", output);"));

    [Theory]
    [InlineData("network.Predict(new float[4], output)", "ArgumentException: input has 4 values, but needs a multiple of 3: a sample has 3 values. (Parameter 'input')")]
    [InlineData("network.Predict(new float[6], output)", "ArgumentException: output has 6 values, but needs 4: 2 samples of 2 values. (Parameter 'output')")]
    [InlineData("network.Predict(output.AsSpan(0, 3), output.AsSpan(2, 2))", "ArgumentException: output shares memory with input: writing one would change the other. (Parameter 'output')")]
    [InlineData("network.Predict(new float[9], output, -1)", "ArgumentOutOfRangeException: threads is -1, but needs to be 0 (all cores) or more. (Parameter 'threads')\nActual value was -1.")]
    [InlineData("network.Classify(new float[6])", "ArgumentException: input has 6 values, but needs 3: 1 sample of 3 values. (Parameter 'input')")]
    [InlineData("((INetwork)network).Predict(new Column[] { new int[3] }, new Memory<float>[1])", "ArgumentException: input is a column of integers, but needs floats. (Parameter 'input')")]
    [InlineData("((INetwork)network).Predict(default, new Memory<float>[1])", "ArgumentException: inputs has 0 entries, but needs 1: input. (Parameter 'inputs')")]
    public void WrongArguments_SayWhatIsWrong(string call, string expected) =>
        Assert.Equal(expected, Run($"float[] output = new float[6]; return Error(() => {call});").ReplaceLineEndings("\n"));

    [Fact]
    public void SharedRows_AreThoseOfOneThread() => Assert.Equal("True", Run("""
        const int samples = 20_000;
        float[] input = new float[3 * samples], one = new float[2 * samples], all = new float[2 * samples];
        for (int i = 0; i < input.Length; i++) { input[i] = i % 101; }
        network.Predict(input, one);
        network.Predict(input, all, 4);
        return (one.AsSpan().SequenceEqual(all) && one[1] != 0).ToString();
        """));

    [Fact]
    public void SharedRows_FollowMemoryThatMoves() => Assert.Equal("True", Run("""
        const int samples = 10_000;
        bool isRight = true, isOver = false;
        System.Threading.Thread collector = new(() =>
        {
            while (!System.Threading.Volatile.Read(ref isOver)) { GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: true); System.Threading.Thread.Sleep(1); }
        });
        collector.Start();
        for (int round = 0; round < 20; round++)
        {
            float[] waste = new float[1000], input = new float[3 * samples], output = new float[2 * samples];
            Array.Fill(input, round);
            network.Predict(input, output, 2);
            for (int i = 0; i < samples; i++) { isRight &= output[2 * i] == 3 * round && output[2 * i + 1] == 3 * round + 1; }
            GC.KeepAlive(waste);
        }
        System.Threading.Volatile.Write(ref isOver, true);
        collector.Join();
        return isRight.ToString();
        """));

    [Fact]
    public void Classify_TakesTheLargest() => Assert.Equal("1 1,1,1", Run("""
        int[] classes = new int[3];
        network.Classify(new float[9], classes);
        return network.Classify(new float[3]) + " " + string.Join(",", classes);
        """));

    [Fact]
    public void Adapt_MeasuresEveryFeature() => Assert.Equal("2,0,1 1,0,0 True", Run("""
        network.Adapt(new float[] { 1, 0, 1, 3, 0, 1 });
        string error = Error(() => network.Adapt(new float[] { 1, float.NaN, 1 }));
        return string.Join(",", network.Weights.Normalization1Mean.ToArray()) + " " + string.Join(",", network.Weights["normalization1.variance"].ToArray())
            + " " + error.Contains("input[1] (feature 1) is NaN");
        """));

    [Fact]
    public void Adapt_OfSeveralLayersChangesNoneWhereOneIsRefused() => Assert.Equal("True True 1,2,3 4,5,6", MembersCompilation.Run(MembersPlans.TwiceNormalized(), """
        public static class Driver
        {
            public static string Run()
            {
                Sample.Small network = new();
                network.Adapt(new float[] { 1, 2, 3 }, new float[] { 4, 5, 6 });
                string infinite = Error(network, new float[] { 0, float.NaN, 0 }), wide = Error(network, new float[] { -1e20f, 0, 0, 1e20f, 0, 0 });
                return infinite.Contains("measured0[1] (feature 1) is NaN") + " " + wide.Contains("measured0: the variance of feature 0")
                    + " " + string.Join(",", network.Weights.Normalization1Mean.ToArray()) + " " + string.Join(",", network.Weights.Normalization2Mean.ToArray());
            }

            private static string Error(Sample.Small network, float[] second)
            {
                try { network.Adapt(new float[] { 7, 8, 9 }, second); }
                catch (System.ArgumentException error) { return error.Message; }
                return "";
            }
        }
        """));

    [Fact]
    public void Weights_CanBeCopiedSavedAndLoaded() => Assert.Equal("True True True", Run("""
        float[] values = new float[Sample.Small.ParameterCount], read = new float[Sample.Small.ParameterCount];
        for (int i = 0; i < values.Length; i++) { values[i] = i + 1; }
        network.ImportParameters(values);
        network.Metadata["classes"] = "a,b";
        Sample.Small clone = network.Clone();
        clone.ExportParameters(read);
        bool cloned = read.AsSpan().SequenceEqual(values) && clone.Weights.HiddenKernel[1, 0] == 3 && clone.Metadata["classes"] == "a,b";
        using System.IO.MemoryStream stream = new();
        network.Save(stream);
        Sample.Small loaded = Sample.Small.Load(stream.ToArray().AsSpan());
        loaded.ExportParameters(read);
        bool isLoaded = read.AsSpan().SequenceEqual(values) && loaded.Metadata["classes"] == "a,b";
        loaded.CopyParametersFrom(new Sample.Small(3), 0.5);
        return cloned + " " + isLoaded + " " + (loaded.Parameters.Length == 64);
        """));

    [Fact]
    public void Description_HoldsEverything() => Assert.Equal("Small 2 Softmax hidden.kernel 0.01 old.kernel target 2", Run("""
        NetworkDescription d = Sample.Small.Description;
        return d.Name + " " + d.Layers.Count + " " + d.Layers[1].Options["Activation"] + " " + d.Layers[1].Weights[0].Name
            + " " + d.Layers[1].Weights[0].L2.ToString(System.Globalization.CultureInfo.InvariantCulture) + " " + d.Layers[1].Weights[0].FormerNames[0] + " " + d.Targets[0].Name + " " + d.Targets[0].Classes;
        """));

    [Fact]
    public void SeveralInputs_AreNamedAndChecked()
    {
        string result = MembersCompilation.Run(MembersPlans.Reviews(), $$"""
            public static class Driver
            {
                {{Help}}
                public static string Run()
                {
                    Outer.Reviews network = new(1);
                    network.WarmUp();
                    network.Weights.Dense1Kernel.CopyFrom(new float[4]);
                    (float[] Genre, float[] Score) result = network.Predict(new float[] { 1, 2, 3, 4 }, new int[5]);
                    int[] classes = new int[2];
                    network.ClassifyScore(new float[8], new int[10], classes);
                    double swish = Outer.Reviews.Description.Layers[0].Function!(2);
                    return result.Genre[0] + " " + result.Score[0] + " " + classes[0] + " " + (Math.Abs(swish - 2 / (1 + Math.Exp(-2))) < 1e-15)
                        + " " + Error(() => network.Predict(new float[4], new int[] { 0, 1, 2, 7, 0 })).Split('(')[0]
                        + Error(() => network.Predict(new float[8], new int[5])).Split('(')[0];
                }
            }
            """);
        Assert.Equal("10 10 0 True ArgumentOutOfRangeException: samples[3] is 7, but tokens go from 0 to 6. ArgumentException: samples has 5 values, but needs 10: 2 samples of 5 values. ", result);
    }

    private static string Run(string body) => MembersCompilation.Run(MembersPlans.Classifier(), $$"""
        public static class Driver
        {
            {{Help}}
            public static string Run()
            {
                Sample.Small network = new(1);
                network.Weights.HiddenKernel.CopyFrom(new float[6]);
                {{body}}
            }
        }
        """);
}
