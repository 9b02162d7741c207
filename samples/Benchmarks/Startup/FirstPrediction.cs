using Benchmarks.Measuring;
using Benchmarks.Networks;
using Benchmarks.OnnxRuntime;

namespace Benchmarks.Startup;

/// <summary>
/// The shortest program that reads a network and predicts one sample, by either contender. One method per network, so that no more is compiled for it
/// than for a program of its own.
/// </summary>
internal static class FirstPrediction
{
    private const int MnistSide = 28, CifarSide = 32, ReviewLength = 100;

    /// <summary>Reads a file of weights into the generated class and predicts once.</summary>
    /// <exception cref="ArgumentException">There is no such network.</exception>
    public static void ByGeneratedCode(string network, string file) => Consumed.Take(network switch
    {
        "xor" => PredictXor(file),
        "dense64" => PredictDense64(file),
        "credit" => PredictCredit(file),
        "mlp" => PredictMlp(file),
        "mlp512" => PredictMlp512(file),
        "mnist_cnn" => PredictMnistCnn(file),
        "cifar_cnn" => PredictCifarCnn(file),
        "sentiment" => PredictSentiment(file),
        "many_words" => PredictManyWords(file),
        _ => throw Unknown(network),
    });

    /// <summary>Loads ONNX Runtime, makes a session of a model that computes on the calling thread, and runs it once.</summary>
    /// <exception cref="ArgumentException">There is no such network.</exception>
    public static void ByOnnxRuntime(string network, string model, string library)
    {
        switch (network)
        {
            case "xor":
                Run(model, library, 2, 1);
                break;
            case "dense64":
                Run(model, library, 64, 64);
                break;
            case "credit":
                Run(model, library, 10, 1);
                break;
            case "mlp" or "mlp512":
                Run(model, library, MnistSide * MnistSide, 10);
                break;
            case "mnist_cnn":
                Run(model, library, MnistSide * MnistSide, 10, image: new ImageShape(MnistSide, MnistSide, 1));
                break;
            case "cifar_cnn":
                Run(model, library, CifarSide * CifarSide * 3, 10, image: new ImageShape(CifarSide, CifarSide, 3));
                break;
            case "sentiment" or "many_words":
                Run(model, library, ReviewLength, 1, areTokens: true);
                break;
            default:
                throw Unknown(network);
        }
    }

    private static float PredictXor(string file) => Xor.Load(file).Predict(Values(Xor.InputLength))[0];

    private static float PredictDense64(string file) => Dense64.Load(file).Predict(Values(Dense64.InputLength))[0];

    private static float PredictCredit(string file) => Credit.Load(file).Predict(Values(Credit.InputLength))[0];

    private static float PredictMlp(string file) => Mlp.Load(file).Predict(Values(Mlp.InputLength))[0];

    private static float PredictMlp512(string file) => Mlp512.Load(file).Predict(Values(Mlp512.InputLength))[0];

    private static float PredictMnistCnn(string file) => MnistCnn.Load(file).Predict(Values(MnistCnn.InputLength))[0];

    private static float PredictCifarCnn(string file) => CifarCnn.Load(file).Predict(Values(CifarCnn.InputLength))[0];

    private static float PredictSentiment(string file) => Sentiment.Load(file).Predict(Tokens(Sentiment.InputLength))[0];

    private static float PredictManyWords(string file) => ManyWords.Load(file).Predict(Tokens(ManyWords.InputLength))[0];

    private static void Run(string model, string library, int inputLength, int outputLength, bool areTokens = false, ImageShape? image = null)
    {
        OrtApi api = OrtApi.Load(library);
        var matrices = new OrtMatrices(api, 1, inputLength, outputLength, areTokens, image);
        if (areTokens)
        {
            matrices.Fill(Tokens(inputLength));
        }
        else
        {
            matrices.Fill(Values(inputLength));
        }

        matrices.Run(new OrtSession(api, model, threads: 1));
        Consumed.Take(matrices.Output[0]);
    }

    private static float[] Values(int length)
    {
        float[] values = new float[length];
        for (int i = 0; i < length; i++)
        {
            values[i] = i % 256 / 255f;
        }

        return values;
    }

    private static int[] Tokens(int length)
    {
        int[] tokens = new int[length];
        for (int i = 0; i < length; i++)
        {
            tokens[i] = 97 * i;
        }

        return tokens;
    }

    private static ArgumentException Unknown(string network) => new($"There is no network {network}.", nameof(network));
}
