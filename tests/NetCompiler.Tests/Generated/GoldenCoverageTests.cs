using NetCompiler.TestKit;
using Xunit;

namespace NetCompiler.Tests.Generated;

/// <summary>Every golden case has a runner or is named here: a new case fails until it has one.</summary>
public sealed class GoldenCoverageTests
{
    private static readonly string[] RunElsewhere =
    [
        "optimizer/", // OptimizerGoldenTests
        "metric/", // MetricTests
        "network/fairness-loss", // GoldenTests
        "network/gan-generator-step", // GoldenTests
    ];

    private const string WithoutRunner = """
        conv2d/28x28x1-32-k33-s11-d11-g1-valid-relu
        conv2d/7x9x3-4-k33-s11-d11-g1-valid-linear
        conv2d/8x7x4-7-k33-s22-d11-g1-same-relu
        conv2d/9x9x16-16-k33-s11-d11-g1-same-linear
        conv2d/6x6x7-3-k11-s11-d11-g1-valid-sigmoid
        conv2d/11x13x3-8-k55-s21-d11-g1-same-relu
        conv2d/12x12x4-6-k33-s11-d22-g1-valid-linear
        conv2d/10x10x4-8-k33-s11-d22-g1-same-linear
        conv2d/8x8x8-12-k33-s11-d11-g4-same-relu
        conv2d/9x8x5-5-k33-s11-d11-g5-same-linear
        conv2d/13x13x32-64-k33-s11-d11-g1-valid-relu
        conv2d/5x5x3-33-k32-s11-d11-g1-valid-linear
        conv1d/10x3-4-k3-s1-d1-valid
        conv1d/11x5-8-k3-s2-d1-same
        conv1d/12x4-16-k2-s1-d2-causal
        conv1d/20x1-7-k5-s1-d1-causal
        conv1d/16x13-32-k3-s1-d2-valid
        conv2d_transpose/4x4x2-3-k22-s22
        conv2d_transpose/5x3x4-5-k33-s11
        conv2d_transpose/3x4x6-4-k33-s22
        pool2d/max-26x26x4-k22-s22-valid
        pool2d/max-7x9x3-k22-s22-valid
        pool2d/max-8x8x2-k33-s22-valid
        pool2d/max-7x7x5-k22-s22-same
        pool2d/max-6x6x17-k33-s11-same
        pool2d/average-8x6x3-k22-s22-valid
        pool2d/average-7x7x4-k33-s22-same
        pool2d/average-9x9x16-k33-s33-valid
        global_pool2d/average
        global_pool1d/average
        global_pool2d/max
        global_pool1d/max
        max_pool1d/k2
        upsample2d/nearest-2x3
        zero_padding2d/1231
        cropping2d/1021
        batch_normalization/training-8x7
        batch_normalization/inference-8x7
        batch_normalization/training-4x5x5x6
        batch_normalization/inference-4x5x5x6
        layer_normalization/5x16
        rms_normalization/5x16
        layer_normalization/2x3x33
        rms_normalization/2x3x33
        group_normalization/4-12
        merge/add
        merge/subtract
        merge/multiply
        merge/maximum
        merge/average
        merge/concat
        merge/dot
        merge/matmul
        shape/permute
        shape/slice
        shape/repeat_vector
        network/batch-normalization-mlp
        network/siamese
        network/mnist-cnn
        network/cifar-cnn
        network/deep-cnn
        network/residual
        network/recommender
        network/captions
        network/transformer-block
        """;

    [SharedFact]
    public void CasesWithoutARunner_AreTheseByName()
    {
        IEnumerable<string> without = Golden.Cases()
            .Where(golden => !GoldenDeclarations.IsBackward(golden) && !GoldenDeclarations.IsLoss(golden) && !SequenceGoldenTests.Runs(golden) && !RunElsewhere.Any(golden.Name.StartsWith))
            .Select(golden => golden.Name);
        Assert.Equal(WithoutRunner.ReplaceLineEndings("\n").Split('\n'), without);
    }
}
