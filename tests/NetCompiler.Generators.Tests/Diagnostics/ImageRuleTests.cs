using System.Globalization;
using NetCompiler.TestKit;
using Xunit;

namespace NetCompiler.Generators.Tests.Diagnostics;

/// <summary>What the diagnostics of layers over images say, and where.</summary>
public class ImageRuleTests
{
    [Theory]
    [InlineData("[Input(4, 4, 3)]\n[MaxPool2D]\n[Conv2D(8, {|NC0220:3|})]", "conv2d1: the kernel covers (3, 3) but max_pool2d1 gives (2, 2, 3); make it smaller, or write Padding = Padding.Same")]
    [InlineData("[Input(4, 8, 3)]\n[Conv2D(8, {|NC0220:3|}, Dilation = 2)]", "conv2d1: the dilated kernel covers (5, 5) but input gives (4, 8, 3); make it smaller, or write Padding = Padding.Same")]
    [InlineData("[Input(4, 3)]\n[AveragePool1D({|NC0220:5|})]", "average_pool1d1: the pool covers (5) but input gives (4, 3); make it smaller, or write Padding = Padding.Same")]
    [InlineData("[Input(4, 3)]\n[{|NC0223:MaxPool2D(PoolHeight = 5)|}]", "max_pool2d1 takes (height, width, channels), but input gives (4, 3); write Reshape(4, 3, 1) before it")]
    [InlineData("[Input(8, 8, 6)]\n[Conv2D(10, 3, {|NC0221:Groups = 3|})]", "conv2d1, which reads input: Groups is 3, which does not divide its 10 filters")]
    [InlineData("[Input(8, 8, 6)]\n[GroupNormalization({|NC0221:4|})]", "group_normalization1, which reads input: Groups is 4, which does not divide its 6 channels")]
    [InlineData("[Input(8, 8, 6)]\n[{|NC0221:GroupNormalization|}]", "group_normalization1, which reads input: Groups is 32, which does not divide its 6 channels")]
    [InlineData("[Input(8, 6)]\n[MaxPool1D({|NC0222:Padding = Padding.Causal|})]", "max_pool1d1: only Conv1D has Padding.Causal; write Padding.Valid or Padding.Same")]
    [InlineData("[Input(784)]\n[{|NC0223:Conv2D(8, 3)|}]", "conv2d1 takes (height, width, channels), but input gives (784); write Reshape(28, 28, 1) before it")]
    [InlineData("[Input(3072)]\n[{|NC0223:MaxPool2D|}]", "max_pool2d1 takes (height, width, channels), but input gives (3072); write Reshape(32, 32, 3) before it")]
    [InlineData("[Input(10)]\n[{|NC0223:UpSampling2D|}]", "up_sampling2d1 takes (height, width, channels), but input gives (10); write Reshape(height, width, channels) before it")]
    [InlineData("[Input(28, 28)]\n[{|NC0223:Conv2D(8, 3)|}]", "conv2d1 takes (height, width, channels), but input gives (28, 28); write Reshape(28, 28, 1) before it")]
    [InlineData("[Input(28, 28, 1)]\n[{|NC0223:Conv1D(8, 3)|}]", "conv1d1 takes (steps, channels), but input gives (28, 28, 1); for images there is the layer of the same name with 2D at its end, or [Input(28, 1)] where its first axis counts the samples of a batch, which is no axis here")]
    [InlineData("[Input(5)]\n[{|NC0223:Conv1D(8, 3)|}]", "conv1d1 takes (steps, channels), but input gives (5); write Reshape(5, 1) before it")]
    [InlineData("[Input(5, 2)]\n[{|NC0223:RepeatVector(3)|}]", "repeat_vector1 takes (features), but input gives (5, 2); write Flatten before it, or [Input(2)] where its first axis counts the samples of a batch, which is no axis here")]
    [InlineData("[Input(2, 5, 5, 2)]\n[{|NC0223:Conv2D(3, 3)|}]", "conv2d1 takes (height, width, channels), but input gives (2, 5, 5, 2); write Reshape before it, or [Input(5, 5, 2)] where its first axis counts the samples of a batch, which is no axis here")]
    [InlineData("[Input(2, 5, 5, 2)]\n[Activation(Activation.Relu)]\n[{|NC0223:Conv2D(3, 3)|}]", "conv2d1 takes (height, width, channels), but activation1 gives (2, 5, 5, 2); write Reshape before it")]
    [InlineData("[Input(9, 2, 5, 5, 2)]\n[{|NC0223:Conv2D(3, 3)|}]", "conv2d1 takes (height, width, channels), but input gives (9, 2, 5, 5, 2); write Reshape before it")]
    [InlineData("[Input(20, 4)]\n[Lstm(8)]\n[{|NC0230:Gru(8)|}]", "gru1 works on (steps, features), but lstm1 gives (8); write ReturnSequences = true on lstm1, or Reshape(8, 1) before it")]
    [InlineData("[Input(20, 4)]\n[SimpleRnn(8)]\n[Dropout(0.1)]\n[{|NC0230:MultiHeadAttention(2)|}]", "multi_head_attention1 works on (steps, features), but dropout1 gives (8); write ReturnSequences = true on simple_rnn1, or Reshape(8, 1) before it")]
    [InlineData("[Input(20, 4)]\n[Lstm(8, ReturnSequences = true)]\n[Flatten]\n[{|NC0230:Gru(8)|}]", "gru1 works on (steps, features), but flatten1 gives (160); write Reshape(160, 1) before it, or ReturnSequences = true on a recurrent layer there")]
    [InlineData("[Input(5, 2)]\n[Cropping1D({|NC0224:3|})]", "cropping1d1 removes 6 of the 5 steps that input gives, which leaves nothing")]
    [InlineData("[Input(4)]\n[{|NC0230:Lstm(8)|}]", "lstm1 works on (steps, features), but input gives (4); write Reshape(4, 1) before it, or ReturnSequences = true on a recurrent layer there")]
    [InlineData("[Input(28, 20, 3)]\n[{|NC0230:Gru(8)|}]", "gru1 works on (steps, features), but input gives (28, 20, 3); write Reshape(28, 60) before it")]
    [InlineData("[Input(5, 4, 2)]\n[{|NC0224:Cropping2D(Left = 3)|}]", "cropping2d1 removes 4 of the 4 columns that input gives, which leaves nothing")]
    [InlineData("[Input(5, 4, 2)]\n[Permute({|NC0225:3, 1, 2|})]", "permute1: (3, 1, 2) does not name every axis of (5, 4, 2) from input once, from 0 on; Keras counts from 1: write Permute(2, 0, 1)")]
    [InlineData("[Input(5, 4)]\n[Permute({|NC0225:0, 0|})]", "permute1: (0, 0) does not name every axis of (5, 4) from input once, from 0 on; as in Permute(1, 0)")]
    [InlineData("[Input(5, 4)]\n[{|NC0225:Permute()|}]", "permute1: () does not name every axis of (5, 4) from input once, from 0 on; as in Permute(1, 0)")]
    [InlineData("[Input(8, 8, 6)]\n[Conv2D({|NC0201:0|}, 3)]", "conv2d1: Filters is 0, but must be at least 1")]
    [InlineData("[Input(8, 8, 6)]\n[Conv2D(4, 3, {|NC0201:StrideHeight = -1|})]", "conv2d1: StrideHeight is -1, but must be at least 1, or 0 for that of Strides")]
    [InlineData("[Input(8, 8, 6)]\n[Conv2D(4, 3, {|NC0201:Strides = 0|})]", "conv2d1: Strides is 0, but must be at least 1")]
    [InlineData("[Input(8, 8, 6)]\n[Conv2D(4, 3, {|NC0201:Dilation = -2|})]", "conv2d1: Dilation is -2, but must be at least 1")]
    [InlineData("[Input(8, 8, 6)]\n[Conv2D(4, 3, {|NC0201:Groups = 0|})]", "conv2d1: Groups is 0, but must be at least 1")]
    [InlineData("[Input(8, 8, 6)]\n[Conv2DTranspose(4, 3, Strides = 2, {|NC0201:OutputPadding = 2|})]", "conv2d_transpose1: OutputPadding is 2, but must be at least 0 and less than the strides, 2, or -1 for none of one's own")]
    [InlineData("[Input(8, 8, 6)]\n[Conv2DTranspose(4, 3, {|NC0201:Dilation = 0|})]", "conv2d_transpose1: Dilation is 0, but must be at least 1")]
    [InlineData("[Input(8, 8, 6)]\n[SeparableConv2D(4, 3, {|NC0201:PointwiseL2 = -0.1|})]", "separable_conv2d1: PointwiseL2 is -0.1, but must be at least 0")]
    [InlineData("[Input(8, 8, 6)]\n[DepthwiseConv2D(3, {|NC0201:DepthMultiplier = 0|})]", "depthwise_conv2d1: DepthMultiplier is 0, but must be at least 1")]
    [InlineData("[Input(8, 6)]\n[MaxPool1D({|NC0201:0|})]", "max_pool1d1: PoolSize is 0, but must be at least 1")]
    [InlineData("[Input(8, 6)]\n[UpSampling1D({|NC0201:0|})]", "up_sampling1d1: Size is 0, but must be at least 1")]
    [InlineData("[Input(8, 6)]\n[ZeroPadding1D({|NC0201:-1|})]", "zero_padding1d1: Padding is -1, but must be at least 0")]
    [InlineData("[Input(8, 6)]\n[Cropping1D({|NC0201:Before = -2|})]", "cropping1d1: Before is -2, but must be at least 0, or -1 for that of Cropping")]
    [InlineData("[Input(8)]\n[BatchNormalization({|NC0201:Momentum = 1.5|})]", "batch_normalization1: Momentum is 1.5, but must be at least 0 and at most 1")]
    [InlineData("[Input(8)]\n[LayerNormalization({|NC0201:Epsilon = 0|})]", "layer_normalization1: Epsilon is 0, but must be above 0")]
    [InlineData("[Input(8)]\n[GaussianNoise({|NC0201:-1|})]", "gaussian_noise1: Deviation is -1, but must be at least 0")]
    [InlineData("[Input(8)]\n[RepeatVector({|NC0201:0|})]", "repeat_vector1: Times is 0, but must be at least 1")]
    [InlineData("[Input(8, 8, 6)]\n[Conv2D(4, 3, Activation = Activation.Relu, {|NC0213:ActivationAlpha = 0.1|})]", "conv2d1: ActivationAlpha has no effect beside Activation.Relu")]
    [InlineData("[Input(20000, 20000, 1)]\n[{|NC0211:Conv2D(8, 3)|}]", "conv2d1 gives (19998, 19998, 8), more than the 2,147,483,647 values that one buffer can hold")]
    [InlineData("[Input(40000)]\n[Dense(40000)]\n[{|NC0211:Dense(40000)|}]\n[Dense(2)]", "dense2 brings the weights of the network to 3,200,080,000, more than the 2,147,483,647 values that one buffer can hold")]
    [InlineData("[Input(2147483647)]\n[{|NC0211:Dense(1)|}]\n[Dense(2)]", "dense1 brings the weights of the network to 2,147,483,664, more than the 2,147,483,647 values that one buffer can hold")]
    [InlineData("[Input(150_000_000)]\n[{|NC0211:Dense(2)|}]", "dense1 brings the weights of the network to 2,400,000,016, more than the 2,147,483,647 values that one buffer can hold")]
    [InlineData("[Input(200_000_000, 3)]\n[Activation(Activation.Relu)]\n[Dropout(0.5)]\n[{|NC0211:Flatten|}]", "flatten1 brings the values of one sample to 2,400,000,000, more than the 2,147,483,647 values that one buffer can hold")]
    [InlineData("[Input(8, 8, 1)]\n[{|NC0211:UpSampling2D(1000000)|}]", "up_sampling2d1 gives (8000000, 8000000, 1), more than the 2,147,483,647 values that one buffer can hold")]
    [InlineData("[Input(8, 8, 1)]\n[Conv2D(4, {|NC0220:2|}, Dilation = 2000000000, Padding = Padding.Same)]", "conv2d1: the dilated kernel covers (2000000001, 2000000001) but input gives (8, 8, 1); make it smaller, or write Padding = Padding.Same")]
    public async Task OneMistake_IsExplained(string layers, string message)
    {
        var found = await RoslynHarness.ExpectAsync($"using NetCompiler;\n\n[Network]\n{layers}\npublic partial class Digits;", RuleTests.Analyzers);
        Assert.Equal(message, found[0].GetMessage(CultureInfo.InvariantCulture));
    }
}
