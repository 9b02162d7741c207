using global::Samples;
using global::Samples.Data;
using NetCompiler.TestKit;
using Xunit;

namespace NetCompiler.Tests.Samples;

/// <summary>Networks declared by Forward methods: layers of one's own, shared weights, two inputs.</summary>
public class ForwardSampleTests
{
    [SharedFact("data/mnist/train-images-idx3-ubyte.gz")]
    public void OwnLayers_EqualBuiltInOnes_AndPairsAreLearnt()
    {
        using var folder = new TemporaryFolder();
        CustomLayersResult result = CustomLayersSample.Run(LongRun.Arguments("11-CustomLayers", folder.Path));
        SampleFigures.Write("11-CustomLayers", $"accuracy {result.OwnAccuracy:0.000}, of pairs {result.PairAccuracy:0.000}", isShort: !LongRun.IsOn);

        // Sums in another order differ in their last bits; training lets such differences grow.
        Assert.InRange(result.PredictionDifference, 0, 1e-5);
        Assert.InRange(result.TrainedDifference, 0, 0.05);
        Assert.InRange(result.OwnAccuracy, LongRun.IsOn ? 0.95 : 0.85, 1);
        Assert.InRange(result.PairAccuracy, LongRun.IsOn ? 0.93 : 0.75, 1);
        Assert.True(result.IsSymmetric);
        Assert.True(File.Exists(Path.Combine(folder.Path, "pairs.svg")));
    }

    [Fact]
    public void ImageAndText_NeedsBoth()
    {
        using var folder = new TemporaryFolder();
        ImageAndTextResult result = ImageAndTextSample.Run(ShortForm.Of("12-ImageAndText").WithOutput(folder.Path));
        SampleFigures.Write("12-ImageAndText", $"accuracy {result.BothAccuracy:0.000}, by the image alone {result.ImageAccuracy:0.000}, by the text alone {result.TextAccuracy:0.000}");
        Assert.InRange(result.BothAccuracy, 0.97, 1);
        folder.AssertPictures("accuracy");

        // The picture alone leaves four answers that are as likely, the words alone two.
        Assert.InRange(result.ImageAccuracy, 0.18, 0.32);
        Assert.InRange(result.TextAccuracy, 0.43, 0.57);
    }
}
