using Xunit;

namespace NetCompiler.Tests.Generated;

/// <summary>Ranges that are found in data: what they do to the integers, that they last as long as the texts that keep them, and that bad data changes nothing.</summary>
[Trait("Category", "Numeric")]
public sealed class CalibrationTests
{
    /// <summary>Steps and whole sequences differ in the order of float sums, which may round a value to the next integer.</summary>
    private const double StepTolerance = 0.01;

    private const int Samples = 40;

    private static readonly string[] Keys = ["int8.dense1.kernel", "int8.dense2.kernel"];

    private readonly Int8LayersNetwork _network = new(1);
    private readonly float[] _data = Numbers.Normal(Samples * Int8LayersNetwork.InputLength, seed: 3);

    public CalibrationTests() => Numbers.Randomize(_network, seed: 2);

    [Fact]
    public void Rows_AreRoundedByTheRangeOfTheData_AndCutOffBeyond()
    {
        (float, float) first = Range(_data), second = Range(Int8NetworkTests.Layer(_network, "dense1", _data, isRectified: true));
        _network.Calibrate(_data);
        foreach (float scale in new[] { 0.3f, 1, 4 })
        {
            foreach (int count in new[] { 1, 3, 130 })
            {
                float[] input = Numbers.Normal(count * Int8LayersNetwork.InputLength, seed: count, scale);
                float[] hidden = Int8NetworkTests.Layer(_network, "dense1", input, isRectified: true, first);
                Numbers.AssertSameBits($"{count} samples times {scale}", Int8NetworkTests.Layer(_network, "dense2", hidden, isRectified: false, second), _network.Predict(input));
            }
        }

        static (float, float) Range(float[] values) => (MathF.Min(0, values.Min()), MathF.Max(0, values.Max()));
    }

    [Fact]
    public void WhatIsNotFinite_StillSpoilsItsSample()
    {
        _network.Calibrate(_data);
        float[] input = [.. _data], before = _network.Predict(input);
        foreach (float spoiled in new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity })
        {
            input[Int8LayersNetwork.InputLength + 5] = spoiled;
            float[] after = _network.Predict(input);
            Assert.All(after[190..380], value => Assert.True(float.IsNaN(value)));
            Numbers.AssertSameBits("the samples beside it", [.. before[..190], .. before[380..]], [.. after[..190], .. after[380..]]);
        }
    }

    [Fact]
    public void Ranges_AreInFilesAndCopies_AndGoWithoutSamples()
    {
        float[] own = _network.Predict(_data);
        _network.Calibrate(_data);
        float[] calibrated = _network.Predict(_data);
        Assert.NotEqual(own, calibrated);
        Assert.Equal(Keys, _network.Metadata.Keys);
        using MemoryStream file = new();
        _network.Save(file);
        Numbers.AssertSameBits("loaded", calibrated, Int8LayersNetwork.Load(file.ToArray()).Predict(_data));
        Numbers.AssertSameBits("copied", calibrated, _network.Clone().Predict(_data));
        _network.Calibrate([]);
        Assert.Empty(_network.Metadata);
        Numbers.AssertSameBits("without samples", own, _network.Predict(_data));
        file.Position = 0;
        _network.LoadWeights(file);
        Numbers.AssertSameBits("loaded into", calibrated, _network.Predict(_data));
    }

    [Fact]
    public void Ranges_OutlastChangesOfTheWeights()
    {
        _network.Calibrate(_data);
        float[] calibrated = _network.Predict(_data);
        WeightView bias = _network.Weights["dense2.bias"];
        bias.CopyFrom(bias.ToArray());
        Numbers.AssertSameBits("the same weights again", calibrated, _network.Predict(_data));
        _network.Calibrate(Array.ConvertAll(_data, value => 2 * value));
        Assert.NotEqual(calibrated, _network.Predict(_data));
        _network.Calibrate(_data);
        Numbers.AssertSameBits("the same data again", calibrated, _network.Predict(_data));
    }

    [Fact]
    public void DataThatIsNotFinite_ChangesNothing()
    {
        _network.Calibrate(_data);
        float[] calibrated = _network.Predict(_data), spoiled = [.. Array.ConvertAll(_data, value => 2 * value)];
        string[] texts = [.. _network.Metadata.Values];
        spoiled[777] = float.NaN;
        ArgumentException found = Assert.Throws<ArgumentException>(() => _network.Calibrate(spoiled));
        Assert.Contains("\"int8.dense1.kernel\"", found.Message, StringComparison.Ordinal);
        Assert.Equal(texts, _network.Metadata.Values);
        Numbers.AssertSameBits("as before", calibrated, _network.Predict(_data));
        Assert.Throws<ArgumentException>(() => _network.Calibrate(spoiled.AsSpan(1)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("-1 NaN")]
    [InlineData("1 2")]
    [InlineData("-1 2 3")]
    [InlineData("-1,5 2,5")]
    public void TextsThatAreNoRanges_AreRefused(string text)
    {
        _network.Metadata[Keys[1]] = text;
        InvalidOperationException found = Assert.Throws<InvalidOperationException>(() => _network.Predict(_data));
        Assert.Contains($"Metadata[\"{Keys[1]}\"] is \"{text}\"", found.Message, StringComparison.Ordinal);
        _network.Metadata[Keys[1]] = "-1.5 2.5E-3";
        _network.Predict(_data);
    }

    [Fact]
    public void Steps_AreRoundedAsWholeSequences()
    {
        Int8StepNetwork network = new(1);
        Numbers.Randomize(network, seed: 2);
        float[] input = Numbers.Normal(20 * Int8StepNetwork.InputLength, 3), one = input[..Int8StepNetwork.InputLength];
        float[] own = network.Predict(one), state = new float[Int8StepNetwork.StateLength], steps = new float[Int8StepNetwork.OutputLength];
        network.Calibrate(input);
        string[] layers = ["dense1.kernel", "lstm1.kernel", "lstm1.recurrent_kernel", "gru1.kernel", "gru1.recurrent_kernel", "simple_rnn1.recurrent_kernel"]; // 80 x 128 are too few
        Assert.Equal(layers.Select(name => "int8." + name).Order(StringComparer.Ordinal), network.Metadata.Keys);
        for (int step = 0; step < 6; step++)
        {
            network.PredictNext(input.AsSpan(90 * step, 90), state, steps.AsSpan(3 * step, 3));
        }

        double[] calibrated = [.. network.Predict(one).Select(value => (double)value)];
        Numbers.AssertClose("steps", calibrated, steps, StepTolerance);
        Assert.NotEqual(own, network.Predict(one));

        Int8TokensNetwork tokens = new(1);
        tokens.Calibrate([3, 1, 49, 0, 7, 7, 1, 2, 3, 4, 5, 6]);
        Assert.Equal(["int8.lstm1.recurrent_kernel"], tokens.Metadata.Keys);
        Assert.Throws<ArgumentOutOfRangeException>(() => tokens.Calibrate([3, 1, 50, 0, 7, 7]));
    }

    [Fact]
    public void NetworksOfSmallMatrices_HaveNothingToCalibrate()
    {
        Int8SmallNetwork network = new(1);
        network.Calibrate([1, 2, 3, 4, 5, 6]);
        Assert.Empty(network.Metadata);
        float[] tooFew = [.. Enumerable.Repeat(1f, 2)];
        Assert.Throws<ArgumentException>(() => network.Calibrate(tooFew));
    }
}

/// <summary>Nothing that integers would gain from.</summary>
[Network(Weights = WeightFormat.Int8)]
[Input(3)]
[Dense(2)]
public partial class Int8SmallNetwork;
