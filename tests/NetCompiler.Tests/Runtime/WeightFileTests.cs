using System.Text;
using Xunit;

namespace NetCompiler.Tests.Runtime;

public sealed class WeightFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("netcompiler-tests-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("net.safetensors")]
    [InlineData("net.json")]
    [InlineData("NET.JSON")]
    public void SavedWeights_LoadToTheSameBitsWithTheirMetadata(string name)
    {
        FakeNetwork saved = new FakeNetwork(Small()).Scramble(4), loaded = new(Small(), 9, WeightPacking.Columns);
        saved.Metadata["classes"] = "zéro\none";
        loaded.Metadata["stale"] = "gone";
        saved.Save(Path.Combine(_folder, name));
        int version = loaded.Parameters.Version;
        WeightLoadReport report = loaded.LoadWeights(Path.Combine(_folder, name));
        Assert.Equal(saved.Values().Select(BitConverter.SingleToInt32Bits), loaded.Values().Select(BitConverter.SingleToInt32Bits));
        Assert.Equal(new KeyValuePair<string, string>("classes", "zéro\none"), Assert.Single(loaded.Metadata));
        Assert.Equal(["dense1.kernel", "dense1.bias", "dense2.kernel", "dense2.bias"], report.Loaded);
        Assert.Empty(report.Missing.Concat(report.Unused));
        Assert.NotEqual(version, loaded.Parameters.Version);
        Assert.Equal(name.EndsWith("on", StringComparison.OrdinalIgnoreCase), File.ReadAllText(Path.Combine(_folder, name)).StartsWith('{'));
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Fact]
    public void SavingTwice_GivesTheSameBytes()
    {
        FakeNetwork first = new(Small(), 3), second = new(Small(), 3, WeightPacking.Flat);
        (first.Metadata["b"], first.Metadata["a"]) = ("1", "2");
        (second.Metadata["a"], second.Metadata["b"]) = ("2", "1");
        Assert.Equal(Bytes(first), Bytes(second));
        Assert.Equal(0, BitConverter.ToInt64(Bytes(first)) % 8);
    }

    [Fact]
    public void JsonArrays_AreReadThroughRenamesNestedOrFlat()
    {
        FakeNetwork network = new(FakeNetwork.Dense("Chip", 2, 3, 1));
        byte[] json = Encoding.UTF8.GetBytes("""{ "weights1": [[1, 2, 3], [4, 5, 6]], "bias1": [0.5, -1e-3, 7], "weights2": [8, 9, 10], "bias2": [[11]] }""");
        WeightLoadOptions options = new()
        {
            Renames = new Dictionary<string, string> { ["weights1"] = "dense1.kernel", ["bias1"] = "dense1.bias", ["weights2"] = "dense2.kernel", ["bias2"] = "dense2.bias" },
        };
        WeightFileException error = Assert.Throws<WeightFileException>(() => WeightFile.Load(network, json, options));
        Assert.Contains("dense2.bias (in the file \"bias2\") has the shape (1, 1) in the file, but needs (1)", error.Message);
        json = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(json).Replace("[[11]]", "[11]"));
        WeightFile.Load(network, json, options);
        Assert.Equal([1, 2, 3, 4, 5, 6, 0.5f, -1e-3f, 7, 8, 9, 10, 11], network.Values());
    }

    [Fact]
    public void EveryMismatch_IsListedWithTheNearestNameAndNothingChanges()
    {
        FakeNetwork network = new(FakeNetwork.Dense("Mine", 4, 3, 2));
        float[] before = network.Values();
        byte[] file = Counting(("dense1.kernal", [4, 3]), ("dense1.bias", [4]), ("dense2.kernel", [2, 3]), ("dense2.bias", [2]), ("extra", [1]));
        WeightFileException error = Assert.Throws<WeightFileException>(() => WeightFile.Load(network, file));
        Assert.Equal(
            [
                "dense1.bias has the shape (4) in the file, but needs (3)",
                "dense2.kernel has the shape (2, 3) in the file, but needs (3, 2); it looks transposed, as PyTorch's are: WeightConvention.PyTorch reads those",
                "dense1.kernel (4, 3) is not in the file; the nearest name there is dense1.kernal",
                "\"dense1.kernal\" (4, 3) fits no weight; the nearest name here is dense1.kernel",
                "\"extra\" (1) fits no weight",
            ],
            error.Mismatches);
        Assert.All(error.Mismatches, line => Assert.Contains(line, error.Message));
        Assert.StartsWith("The file does not fit Mine, and nothing was changed:", error.Message);
        Assert.Equal(before, network.Values());
    }

    [Fact]
    public void UnlikeNameOfTheSameShape_IsTheNearest()
    {
        FakeNetwork network = new(FakeNetwork.Dense("Mine", 4, 3, 2));
        byte[] file = Counting(("dense1.kernel", [4, 3]), ("dense1.bias", [3]), ("dense2.bias", [2]), ("w", [2, 3]), ("z", [5]));
        WeightFileException error = Assert.Throws<WeightFileException>(() => WeightFile.Load(network, file));
        Assert.Equal(
            ["dense2.kernel (3, 2) is not in the file; the nearest name there is w", "\"w\" (2, 3) fits no weight; the nearest name here is dense2.kernel", "\"z\" (5) fits no weight"],
            error.Mismatches);
    }

    [Fact]
    public void MissingAndUnused_PassWhereAllowed()
    {
        FakeNetwork network = new(FakeNetwork.Dense("Mine", 4, 3, 2));
        float[] bias = network.Weights["dense1.bias"].ToArray();
        byte[] file = Counting(("dense1.kernel", [4, 3]), ("extra", [1]));
        WeightLoadReport report = WeightFile.Load(network, file, new WeightLoadOptions { AllowMissing = true, AllowUnused = true });
        Assert.Equal(["dense1.kernel"], report.Loaded);
        Assert.Equal(["dense1.bias", "dense2.kernel", "dense2.bias"], report.Missing);
        Assert.Equal(["extra"], report.Unused);
        Assert.Equal(bias, network.Weights["dense1.bias"].ToArray());
        Assert.Throws<WeightFileException>(() => WeightFile.Load(network, file, new WeightLoadOptions { AllowUnused = true }));
        Assert.Throws<WeightFileException>(() => WeightFile.Load(network, file, new WeightLoadOptions { AllowMissing = true }));
    }

    [Fact]
    public void AnotherArchitectureOfTheSameShapes_IsRefusedUnlessIgnored()
    {
        FakeNetwork saved = new FakeNetwork(Small()).Scramble(1);
        FakeNetwork other = new(OfAnotherHash(Small()));
        float[] before = other.Values();
        WeightFileException error = Assert.Throws<WeightFileException>(() => WeightFile.Load(other, Bytes(saved)));
        Assert.Contains("saved by Small with another architecture", Assert.Single(error.Mismatches));
        Assert.EndsWith("; IgnoreArchitecture loads it all the same", error.Mismatches[0]);
        Assert.Equal(before, other.Values());
        WeightFile.Load(other, Bytes(saved), new WeightLoadOptions { IgnoreArchitecture = true });
        Assert.Equal(saved.Values(), other.Values());
    }

    [Fact]
    public void FileOfOursWithoutItsArchitecture_IsRefusedUnlessIgnored()
    {
        string path = Path.Combine(_folder, "net.json");
        FakeNetwork saved = new FakeNetwork(Small()).Scramble(1), other = new(OfAnotherHash(Small()));
        saved.Save(path);
        float[] before = other.Values();
        File.WriteAllText(path, File.ReadAllText(path).Replace($",\"netcompiler.architecture\":\"{Small().ArchitectureHash}\"", ""));
        WeightFileException error = Assert.Throws<WeightFileException>(() => other.LoadWeights(path));
        Assert.StartsWith("it was saved by Small with an architecture that it does not say: it lacks \"netcompiler.architecture\", here it is ffff", Assert.Single(error.Mismatches));
        Assert.Equal(before, other.Values());
        other.LoadWeights(path, new WeightLoadOptions { IgnoreArchitecture = true });
        Assert.Equal(saved.Values(), other.Values());
    }

    [Fact]
    public void RenamesOfNamesThatTheFileLacks_AreMismatchesUnlessAllowed()
    {
        FakeNetwork network = new(FakeNetwork.Dense("Mine", 4, 3, 2));
        byte[] file = Counting(("first.kernel", [4, 3]), ("first.bias", [3]), ("dense2.kernel", [3, 2]), ("dense2.bias", [2]));
        WeightLoadOptions options = new() { Renames = new Dictionary<string, string> { ["first"] = "dense1", ["secand"] = "dense2", ["dense2.kernal"] = "dense2.kernel", ["firs"] = "dense1" } };
        WeightFileException error = Assert.Throws<WeightFileException>(() => WeightFile.Load(network, file, options));
        Assert.Equal(
            [
                "\"secand\", which is renamed to dense2, is not in the file",
                "\"dense2.kernal\", which is renamed to dense2.kernel, is not in the file; the nearest name there is dense2.kernel",
                "\"firs\", which is renamed to dense1, is not in the file; the nearest name there is first",
            ],
            error.Mismatches);
        WeightLoadReport report = WeightFile.Load(network, file, options with { AllowMissing = true });
        Assert.Equal(["dense1.kernel", "dense1.bias", "dense2.kernel", "dense2.bias"], report.Loaded);
    }

    [Fact]
    public void RenamesWithoutRegardToCase_MeanTheFilesNames()
    {
        FakeNetwork network = new(FakeNetwork.Dense("Mine", 4, 3));
        byte[] file = Counting(("First.kernel", [4, 3]), ("First.bias", [3]));
        WeightFile.Load(network, file, new WeightLoadOptions { Renames = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["first"] = "dense1" } });
        Assert.Equal(11, network.Values()[11]);
    }

    [Fact]
    public void Options_RefuseWhatMeansNothing()
    {
        Assert.Equal("Prefix", Assert.Throws<ArgumentNullException>(() => new WeightLoadOptions { Prefix = null! }).ParamName);
        Assert.Equal("Renames", Assert.Throws<ArgumentNullException>(() => new WeightLoadOptions { Renames = null! }).ParamName);
        Assert.StartsWith("There is no such convention.", Assert.Throws<ArgumentOutOfRangeException>(() => new WeightLoadOptions { Convention = (WeightConvention)3 }).Message);
    }

    [Fact]
    public void AnotherArchitectureOfOtherShapes_IsNotAdvisedToBeIgnored()
    {
        FakeNetwork wider = new(OfAnotherHash(FakeNetwork.Dense("Wider", 17, 34, 3)));
        WeightFileException error = Assert.Throws<WeightFileException>(() => WeightFile.Load(wider, Bytes(new FakeNetwork(Small()))));
        Assert.StartsWith("it was saved by Small with another architecture: its hash is ", error.Mismatches[0]);
        Assert.Equal("dense1.kernel has the shape (17, 33) in the file, but needs (17, 34)", error.Mismatches[1]);
        Assert.DoesNotContain("IgnoreArchitecture", error.Message);
    }

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.PositiveInfinity, "infinite")]
    [InlineData(float.NegativeInfinity, "minus infinite")]
    public void NonFiniteValuesInAFile_AreNamedWithTheirIndexAndNothingChanges(float value, string text)
    {
        FakeNetwork saved = new(Small()), other = new(Small(), 2);
        float[] values = saved.Weights["dense2.kernel"].ToArray(), before = other.Values();
        values[(4 * 3) + 2] = 1234.5678f;
        saved.Weights["dense2.kernel"].CopyFrom(values);
        byte[] file = Bytes(saved);
        BitConverter.TryWriteBytes(file.AsSpan(file.AsSpan().IndexOf(BitConverter.GetBytes(1234.5678f))), value);
        WeightFileException error = Assert.Throws<WeightFileException>(() => WeightFile.Load(other, file));
        Assert.Equal($"dense2.kernel[4, 2] is {text}. The file was refused, and nothing was changed.", error.Message);
        Assert.Equal("dense2.kernel", error.Tensor);
        Assert.Equal(before, other.Values());
    }

    [Theory]
    [InlineData("net.safetensors", float.NaN, "NaN")]
    [InlineData("net.safetensors", float.PositiveInfinity, "infinite")]
    [InlineData("net.json", float.NegativeInfinity, "minus infinite")]
    public void NonFiniteWeights_AreNotSavedAndTheOldFileStays(string name, float value, string text)
    {
        string path = Path.Combine(_folder, name);
        FakeNetwork network = new(Small());
        network.Save(path);
        byte[] before = File.ReadAllBytes(path);
        float[] values = network.Weights["dense2.kernel"].ToArray();
        values[(4 * 3) + 2] = value;
        network.Weights["dense2.kernel"].CopyFrom(values);
        string message = $"dense2.kernel[4, 2] is {text}. The weights of Small were not saved, as no file with this value can be loaded, and nothing was written.";
        WeightFileException error = Assert.Throws<WeightFileException>(() => network.Save(path));
        Assert.Equal(message, error.Message);
        Assert.Equal("dense2.kernel", error.Tensor);
        Assert.Equal(before, File.ReadAllBytes(path));
        Assert.Single(Directory.GetFiles(_folder));
        using MemoryStream stream = new();
        Assert.Equal(message, Assert.Throws<WeightFileException>(() => network.Save(stream)).Message);
        Assert.Equal(0, stream.Length);
    }

    [Fact]
    public void FormerNamesAndPrefixes_LetOldFilesLoad()
    {
        NetworkDescription description = new()
        {
            Name = "Renamed",
            Inputs = [new InputDescription("input", [4])],
            Layers = [FakeNetwork.DenseLayer("hidden", 0, 4, 3, Activation.Relu, formerName: "dense1")],
            Outputs = [new OutputDescription("output", 1, [3])],
            ParameterCount = 15,
            StatisticsCount = 0,
            ArchitectureHash = "",
        };
        FakeNetwork network = new(description);
        byte[] file = Counting(("model.dense1.kernel", [4, 3]), ("model.dense1.bias", [3]));
        Assert.Throws<WeightFileException>(() => WeightFile.Load(network, file));
        WeightLoadReport report = WeightFile.Load(network, file, new WeightLoadOptions { Prefix = "model." });
        Assert.Equal(["hidden.kernel", "hidden.bias"], report.Loaded);
        Assert.Equal(Enumerable.Range(0, 15).Select(i => i < 12 ? i : (float)(i - 12)), network.Values());
    }

    [Fact]
    public void StreamThatFailsHalfWay_SaysWhatWasBeingWritten()
    {
        WeightFileException error = Assert.Throws<WeightFileException>(() => WeightFile.Save(new FakeNetwork(Small()), new FullStream(1000)));
        Assert.Contains("Writing the weights of Small failed at dense1.kernel: No space left", error.Message);
        Assert.Equal("dense1.kernel", error.Tensor);
        Assert.IsType<IOException>(error.InnerException);
    }

    [Fact]
    public void UnwritablePaths_AreNamed()
    {
        string path = Path.Combine(_folder, "absent", "net.safetensors");
        WeightFileException error = Assert.Throws<WeightFileException>(() => new FakeNetwork(Small()).Save(path));
        Assert.Equal($"The weights of Small cannot be written to {path}: The folder {Path.GetDirectoryName(path)} does not exist. Nothing was changed there.", error.Message);
        string taken = Path.Combine(_folder, "taken");
        Directory.CreateDirectory(taken);
        error = Assert.Throws<WeightFileException>(() => new FakeNetwork(Small()).Save(taken));
        Assert.Equal($"The weights of Small cannot be written to {taken}: {taken} is a folder. Nothing was changed there.", error.Message);
        Assert.Empty(Directory.GetFiles(_folder));
        string file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "");
        path = Path.Combine(file, "net.safetensors");
        error = Assert.Throws<WeightFileException>(() => new FakeNetwork(Small()).Save(path));
        Assert.Equal($"The weights of Small cannot be written to {path}: {file} is a file, not a folder. Nothing was changed there.", error.Message);
    }

    [Fact]
    public void FilesThatCannotBeRead_AreNamed()
    {
        string absent = Path.Combine(_folder, "absent.safetensors");
        Assert.Contains(absent, Assert.Throws<FileNotFoundException>(() => new FakeNetwork(Small()).LoadWeights(absent)).Message);
        Assert.Equal(
            $"The weights of Small cannot be read from {_folder}: it is a folder, not a file.",
            Assert.Throws<WeightFileException>(() => new FakeNetwork(Small()).LoadWeights(_folder)).Message);
    }

    [Fact]
    public void Links_StayLinks()
    {
        string target = Path.Combine(_folder, "target.safetensors"), link = Path.Combine(_folder, "link.safetensors");
        File.WriteAllText(target, "old");
        try
        {
            File.CreateSymbolicLink(link, target);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Windows allows links to administrators only.
            return;
        }

        FakeNetwork network = new FakeNetwork(Small()).Scramble(2), loaded = new(Small());
        network.Save(link);
        Assert.Equal(target, new FileInfo(link).LinkTarget);
        loaded.LoadWeights(target);
        Assert.Equal(network.Values(), loaded.Values());
    }

    [Fact]
    public void LinkThatPointsToItself_IsNamed()
    {
        string link = Path.Combine(_folder, "link.safetensors");
        try
        {
            File.CreateSymbolicLink(link, link);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Windows allows links to administrators only.
            return;
        }

        WeightFileException error = Assert.Throws<WeightFileException>(() => new FakeNetwork(Small()).Save(link));
        Assert.StartsWith($"The weights of Small cannot be written to {link}: ", error.Message);
        Assert.NotNull(new FileInfo(link).LinkTarget);
    }

    [Fact]
    public void KeysOfTheFormat_AreRefusedInMetadata()
    {
        FakeNetwork network = new(Small());
        network.Metadata["netcompiler.version"] = "2";
        Assert.Contains("netcompiler.version", Assert.Throws<InvalidOperationException>(() => WeightFile.Save(network, new MemoryStream())).Message);
        network.Metadata.Clear();
        network.Metadata["classes"] = null!;
        Assert.Contains("\"classes\", but null", Assert.Throws<InvalidOperationException>(() => network.Save(Path.Combine(_folder, "net.json"))).Message);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Theory]
    [InlineData("net.json")]
    [InlineData("net.safetensors")]
    public void HalfOfASurrogatePair_IsRefusedInMetadata(string name)
    {
        FakeNetwork network = new(Small());
        network.Metadata["whole"] = "\U0001F600";
        network.Save(new MemoryStream());
        foreach ((string key, string text, string place) in ((string, string, string)[])[("a\uD800b", "text", "the key \"a\uD800b\""), ("classes", "zero\uDC00", "the text under the key \"classes\"")])
        {
            network.Metadata[key] = text;
            string message = Assert.Throws<InvalidOperationException>(() => network.Save(Path.Combine(_folder, name))).Message;
            Assert.Equal($"Metadata has half of a surrogate pair in {place}, which files cannot hold.", message);
            network.Metadata.Remove(key);
        }

        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Theory]
    [InlineData(typeof(IOException))]
    [InlineData(typeof(InvalidDataException))]
    [InlineData(typeof(UnauthorizedAccessException))]
    public void StreamThatCannotBeRead_ChangesNothing(Type failure)
    {
        FakeNetwork network = new(Small());
        float[] before = network.Values();
        Exception cause = (Exception)Activator.CreateInstance(failure, "The line went dead.")!;
        WeightFileException error = Assert.Throws<WeightFileException>(() => network.LoadWeights(new BrokenStream(Bytes(new FakeNetwork(Small(), 7)), cause)));
        Assert.Contains("Reading the weights of Small failed after 100 bytes, and nothing was changed: The line went dead.", error.Message);
        Assert.Equal(before, network.Values());
    }

    [Theory]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("", "abc", 3)]
    [InlineData("dense1.kernel", "dense1.kernel", 0)]
    public void Distance_CountsEdits(string from, string to, int expected) => Assert.Equal(expected, NearestName.Distance(from, to));

    /// <summary>A safetensors file without metadata whose tensors hold 0, 1, 2, ...</summary>
    internal static byte[] Counting(params (string Name, int[] Shape)[] tensors)
    {
        List<string> entries = [];
        List<byte> data = [];
        foreach ((string name, int[] shape) in tensors)
        {
            int length = shape.Aggregate(1, (product, size) => product * size), begin = data.Count;
            data.AddRange(Enumerable.Range(0, length).SelectMany(i => BitConverter.GetBytes((float)i)));
            entries.Add(FormattableString.Invariant($$"""
                "{{name}}":{"dtype":"F32","shape":[{{string.Join(",", shape)}}],"data_offsets":[{{begin}},{{data.Count}}]}
                """));
        }

        byte[] header = Encoding.UTF8.GetBytes("{" + string.Join(",", entries) + "}");
        return [.. BitConverter.GetBytes((long)header.Length), .. header, .. data];
    }

    private static NetworkDescription OfAnotherHash(NetworkDescription description) => new()
    {
        Name = description.Name,
        Inputs = description.Inputs,
        Layers = description.Layers,
        Outputs = description.Outputs,
        ParameterCount = description.ParameterCount,
        StatisticsCount = 0,
        ArchitectureHash = new string('f', 64),
    };

    private static NetworkDescription Small() => FakeNetwork.Dense("Small", 17, 33, 3);

    private static byte[] Bytes(FakeNetwork network)
    {
        MemoryStream stream = new();
        network.Save(stream);
        return stream.ToArray();
    }

    private sealed class BrokenStream(byte[] bytes, Exception failure) : MemoryStream(bytes)
    {
        public override void CopyTo(Stream destination, int bufferSize)
        {
            destination.Write(ToArray().AsSpan(0, 100));
            throw failure;
        }
    }

    private sealed class FullStream(int capacity) : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (Length + buffer.Length > capacity)
            {
                throw new IOException("No space left on device.");
            }

            base.Write(buffer);
        }
    }
}
