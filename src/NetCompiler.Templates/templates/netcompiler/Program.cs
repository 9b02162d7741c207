using NetCompiler;

// The network is the class in Moons.cs; the build wrote its code.
Console.WriteLine(Moons.Description);

// Train on some points, judge on others.
(float[] points, int[] labels) = TwoMoons.Make(count: 1000, noise: 0.4, seed: 1);
(float[] testPoints, int[] testLabels) = TwoMoons.Make(count: 500, noise: 0.4, seed: 2);
var network = new Moons(seed: 1);
network.Fit(Dataset.Create<Moons>(points, labels), new FitOptions { Epochs = 30, Optimizer = new Adam(0.01) });
Evaluation evaluation = network.Evaluate(Dataset.Create<Moons>(testPoints, testLabels));
Console.WriteLine(FormattableString.Invariant($"test accuracy {evaluation.Accuracy:0.000}"));

// Weights are saved and loaded by one call each.
network.Save("moons.safetensors");
Moons loaded = Moons.Load("moons.safetensors");
ReadOnlySpan<float> point = [0, 1];
Console.WriteLine($"the point (0, 1) is on half circle {loaded.Classify(point)}, says the network from moons.safetensors");
