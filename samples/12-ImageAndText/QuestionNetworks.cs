using NetCompiler;

namespace Samples;

/// <summary>Answers a question of at most ten words about an image of 256 features.</summary>
[Network]
[Loss(Loss.SparseCategoricalCrossentropy)]
public partial class Answerer
{
    private static Tensor Forward([Input(256)] Tensor image, [Tokens(10, Vocabulary = 32, Padding = 0)] Tensor words)
    {
        Tensor seen = image.Dense(32, Activation.Relu);
        Tensor asked = words.Embedding(16).Lstm(32);
        return Tensor.Concat(seen, asked).Dense(64, Activation.Relu).Dense(6).Softmax();
    }
}

/// <summary>The same without the words.</summary>
[Network]
[Input(256)]
[Dense(32, Activation = Activation.Relu)]
[Dense(64, Activation = Activation.Relu)]
[Dense(6, Activation = Activation.Softmax)]
[Loss(Loss.SparseCategoricalCrossentropy)]
public partial class ImageOnly;

/// <summary>The same without the image.</summary>
[Network]
[Tokens(10, Vocabulary = 32, Padding = 0)]
[Embedding(16)]
[Lstm(32)]
[Dense(64, Activation = Activation.Relu)]
[Dense(6, Activation = Activation.Softmax)]
[Loss(Loss.SparseCategoricalCrossentropy)]
public partial class TextOnly;
