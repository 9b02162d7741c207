using NetCompiler;
using Samples.Data;

namespace Samples;

/// <summary>What the sample is asked to do.</summary>
/// <param name="Epochs">Epochs of each network.</param>
/// <param name="TrainCount">Generated questions for training.</param>
/// <param name="Output">The folder for weights and pictures.</param>
public sealed record ImageAndTextOptions(int Epochs = 20, int TrainCount = 8000, string Output = "artifacts/12-ImageAndText");

/// <summary>What the networks reached on questions and pictures that they have not seen.</summary>
/// <param name="BothAccuracy">With both inputs.</param>
/// <param name="ImageAccuracy">With the picture alone.</param>
/// <param name="TextAccuracy">With the words alone.</param>
public sealed record ImageAndTextResult(double BothAccuracy, double ImageAccuracy, double TextAccuracy);

/// <summary>A network of two inputs, an image and a sentence, on questions that need both.</summary>
public static class ImageAndTextSample
{
    private const int Words = 10;

    /// <summary>Options: --epochs N, --count N of training questions, --output FOLDER.</summary>
    public static int Main(string[] args) => SampleProgram.Run(() => Run(args));

    /// <summary>Runs the sample as a command line asks.</summary>
    /// <exception cref="ArgumentException">An argument is wrong.</exception>
    public static ImageAndTextResult Run(string[] args)
    {
        var arguments = new SampleArguments(args, ["epochs", "count", "output"]);
        var options = new ImageAndTextOptions();
        return Run(new ImageAndTextOptions(
            arguments.Count("epochs", options.Epochs),
            arguments.Count("count", options.TrainCount),
            arguments.Folder("output", options.Output)));
    }

    /// <summary>Trains three networks on the same questions: with both inputs, and with each alone.</summary>
    public static ImageAndTextResult Run(ImageAndTextOptions options)
    {
        Questions train = Questions.Draw(options.TrainCount, seed: 1), test = Questions.Draw(2000, seed: 2);
        Vocabulary vocabulary = Vocabulary.Build(train.Texts, size: 32);
        int[] trainWords = vocabulary.Encode(train.Texts, Words), testWords = vocabulary.Encode(test.Texts, Words);
        Console.WriteLine($"{train.Answers.Length} questions for training, {test.Answers.Length} for testing, {vocabulary.Size} tokens");
        Console.WriteLine(Answerer.Description);

        var both = new Answerer(seed: 1);
        var plot = new Plot("test accuracy by what a network is told", "epoch", "test accuracy") { HasWholeX = true };
        double bothAccuracy = Train(
            "both", both, new DatasetBuilder<Answerer>().Input("image", train.Images).Input("words", trainWords).Target("target", train.Answers).Build(),
            new DatasetBuilder<Answerer>().Input("image", test.Images).Input("words", testWords).Target("target", test.Answers).Build(), options, plot);
        double imageAccuracy = Train(
            "image", new ImageOnly(seed: 1), Dataset.Create<ImageOnly>(train.Images, train.Answers), Dataset.Create<ImageOnly>(test.Images, test.Answers), options, plot);
        double textAccuracy = Train(
            "text", new TextOnly(seed: 1), Dataset.Create<TextOnly>(trainWords, train.Answers), Dataset.Create<TextOnly>(testWords, test.Answers), options, plot);
        plot.SaveTo(options.Output, "accuracy");

        DrawAnswers(both, test, testWords, Path.Combine(options.Output, "answers.svg"));
        Console.WriteLine(FormattableString.Invariant(
            $"test accuracy: {bothAccuracy:0.0000} with both, {imageAccuracy:0.0000} with the image alone, {textAccuracy:0.0000} with the words alone; pictures are in {options.Output}"));
        return new ImageAndTextResult(bothAccuracy, imageAccuracy, textAccuracy);
    }

    private static double Train(string name, INetwork network, Dataset train, Dataset test, ImageAndTextOptions options, Plot plot)
    {
        History history = network.Fit(train, new FitOptions { Epochs = options.Epochs, Optimizer = new Adam(), ValidationData = test, Verbosity = Verbosity.Silent });
        plot.AddLine(name, [.. Enumerable.Range(1, history.Epochs).Select(epoch => (double)epoch)], history["val_accuracy"]);
        history.ToPlot("accuracy").SaveTo(options.Output, $"{name}-learning-curve");
        Console.WriteLine(FormattableString.Invariant($"{name}: loss {history.Last("loss"):0.0000}, test accuracy {history.Last("val_accuracy"):0.0000} after {options.Epochs} epochs in {history.Duration.TotalSeconds:0} s"));
        return history.Last("val_accuracy");
    }

    /// <summary>The first pictures over their answers; the questions are printed.</summary>
    private static void DrawAnswers(Answerer network, Questions questions, int[] words, string path)
    {
        const int Count = 12, Pixels = Questions.Size * Questions.Size;
        int[] answers = new int[Count];
        network.Classify(questions.Images.AsSpan(0, Count * Pixels), words.AsSpan(0, Count * Words), answers);
        string[] captions = [.. answers.Select((answer, i) => FormattableString.Invariant($"{i + 1}: {Questions.AnswerNames[answer]}"))];
        for (int i = 0; i < Count; i++)
        {
            Console.WriteLine(FormattableString.Invariant($"  {i + 1}: {questions.Texts[i]}? {Questions.AnswerNames[answers[i]]} (truth: {Questions.AnswerNames[questions.Answers[i]]})"));
        }

        new ImageGrid(questions.Images.AsSpan(0, Count * Pixels), Questions.Size, Questions.Size, columns: 6, captions: captions, title: "where is the disc").Save(path);
    }
}
