using System.IO.Pipes;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Xunit;

namespace NetCompiler.Tests.Runtime;

/// <summary>Files that a network has saved and loads again are read straight to their places, with the result of the thorough way; all others are left to that.</summary>
public sealed class ExactWeightFileTests : IDisposable
{
    // A prefix that no name has: it only asks for the thorough way.
    private static readonly WeightLoadOptions Thorough = new() { Prefix = "no such prefix" };

    private readonly string _folder = Directory.CreateTempSubdirectory("netcompiler-tests-").FullName;

    private string Path => System.IO.Path.Combine(_folder, "net.safetensors");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(WeightPacking.Flat, 3, 2)]
    [InlineData(WeightPacking.Panels, 7, 40)]
    [InlineData(WeightPacking.Columns, 33, 5)]
    [InlineData(WeightPacking.Panels, 500, 50)]
    [InlineData(WeightPacking.Columns, 500, 50)]
    [InlineData(WeightPacking.Flat, 500, 50)]
    public void OwnFile_IsReadStraightWithTheBitsOfTheThoroughWay(WeightPacking packing, int features, int units)
    {
        NetworkDescription description = FakeNetwork.Dense("Net", features, units, 3);
        FakeNetwork saved = new FakeNetwork(description, packing: packing).Scramble(1);
        (saved.Metadata["classes"], saved.Metadata["empty"]) = ("one, two", "");
        saved.Save(Path);
        FakeNetwork thorough = new(description, 5, packing), bytes = new(description, 5, packing), fresh = new(description, 5, packing, isUnwritten: true);
        bytes.Metadata["stale"] = "gone";
        WeightLoadReport expected = thorough.LoadWeights(Path, Thorough);
        WeightLoadReport?[] reports = [ExactWeightFile.TryLoad(bytes, File.ReadAllBytes(Path), null), TryLoadOpen(fresh)];
        foreach ((WeightLoadReport? report, FakeNetwork network) in reports.Zip([bytes, fresh]))
        {
            Assert.Equal(Bits(thorough), Bits(network));
            Assert.Equal(thorough.Parameters.Span.ToArray(), network.Parameters.Span.ToArray());
            Assert.Equal(thorough.Metadata, network.Metadata);
            Assert.Equal(expected.Loaded, report!.Loaded);
            Assert.Empty(report.Missing.Concat(report.Unused));
            Assert.True(network.Parameters.Version > 0);
        }
    }

    [Fact]
    public void NetworkWithWeights_IsNotOverwrittenBeforeTheWholeFileIsKnown()
    {
        NetworkDescription description = FakeNetwork.Dense("Net", 3, 2);
        new FakeNetwork(description).Scramble(1).Save(Path);
        Assert.Null(TryLoadOpen(new FakeNetwork(description)));
        Assert.NotNull(TryLoadOpen(new FakeNetwork(description, isUnwritten: true)));
    }

    [Fact]
    public void AnyOtherByteOfTheHeader_IsJudgedByTheThoroughWay()
    {
        NetworkDescription description = FakeNetwork.Dense("Net", 3, 2);
        FakeNetwork saved = new FakeNetwork(description).Scramble(1);
        saved.Metadata["key"] = "value";
        byte[] file = Bytes(saved);
        int header = sizeof(long) + (int)BitConverter.ToInt64(file);
        int read = 0;
        for (int place = 0; place < header; place++)
        {
            foreach (byte other in "\0 \"\\,:0x{\u007F"u8)
            {
                byte[] changed = [.. file];
                changed[place] = other;
                FakeNetwork straight = new(description), thorough = new(description);
                if (changed.AsSpan().SequenceEqual(file) || ExactWeightFile.TryLoad(straight, changed, null) is null)
                {
                    continue;
                }

                read++;
                WeightFile.Load(thorough, changed, Thorough);
                Assert.Equal(Bits(thorough), Bits(straight));
                Assert.Equal(thorough.Metadata, straight.Metadata);
            }
        }

        // Of the network's name and of the user's texts every letter may be another.
        Assert.True(read > 10);
    }

    [Theory]
    [InlineData("architecture")]
    [InlineData("order")]
    [InlineData("shape")]
    [InlineData("twice")]
    [InlineData("key of ours")]
    [InlineData("more")]
    [InlineData("less")]
    public void FileThatDiffers_IsNotReadStraight(string difference)
    {
        NetworkDescription description = FakeNetwork.Dense("Net", 3, 2);
        FakeNetwork saved = new FakeNetwork(description).Scramble(1);
        (saved.Metadata["a"], saved.Metadata["b"]) = ("1", "2");
        byte[] file = difference switch
        {
            "architecture" => Replace(Bytes(saved), "0123456789abcdef", "0123456789abcdee"),
            "order" => Bytes(new FakeNetwork(Reversed(description))),
            "shape" => Replace(Bytes(saved), "\"shape\":[3,2]", "\"shape\":[2,3]"),
            "twice" => Replace(Bytes(saved), "\"b\":", "\"a\":"),
            "key of ours" => Replace(Bytes(Named(saved, "netcomp1ler.x")), "netcomp1ler.x", "netcompiler.x"),
            "more" => [.. Bytes(saved), 0, 0, 0, 0],
            _ => Bytes(saved)[..^4],
        };
        File.WriteAllBytes(Path, file);
        Assert.Null(ExactWeightFile.TryLoad(new FakeNetwork(description), file, null));
        Assert.Null(TryLoadOpen(new FakeNetwork(description, isUnwritten: true)));
        Assert.NotNull(ExactWeightFile.TryLoad(new FakeNetwork(description), Bytes(saved), new WeightLoadOptions { AllowMissing = true, AllowUnused = true, IgnoreArchitecture = true }));
        Assert.Null(ExactWeightFile.TryLoad(new FakeNetwork(description), Bytes(saved), new WeightLoadOptions { Prefix = "x" }));
        Assert.Null(ExactWeightFile.TryLoad(new FakeNetwork(description), Bytes(saved), new WeightLoadOptions { Convention = WeightConvention.Keras }));
    }

    [Theory]
    [InlineData(float.NaN, 0, "dense1.kernel[0, 0] is NaN")]
    [InlineData(float.PositiveInfinity, 20_001, "dense1.kernel[400, 1] is infinite")]
    [InlineData(float.NegativeInfinity, -1, "dense2.bias[2] is minus infinite")]
    public void ValueThatIsNotFinite_IsRefusedByNameAndLeavesAFreshNetworkZero(float value, int index, string reason)
    {
        NetworkDescription description = FakeNetwork.Dense("Net", 500, 50, 3);
        byte[] file = Bytes(new FakeNetwork(description).Scramble(1));
        int place = index < 0 ? file.Length + (index * sizeof(float)) : sizeof(long) + (int)BitConverter.ToInt64(file) + (index * sizeof(float));
        BitConverter.TryWriteBytes(file.AsSpan(place), value);
        File.WriteAllBytes(Path, file);
        FakeNetwork fresh = new(description, isUnwritten: true);
        Assert.Contains(reason, Assert.Throws<WeightFileException>(() => fresh.LoadWeights(Path)).Message);
        Assert.All(fresh.Parameters.Span.ToArray(), parameter => Assert.Equal(0, parameter));
    }

    [Fact]
    public void Pipe_IsReadToItsEnd()
    {
        NetworkDescription description = FakeNetwork.Dense("Net", 3, 2);
        FakeNetwork saved = new FakeNetwork(description).Scramble(1), loaded = new(description, isUnwritten: true);
        using AnonymousPipeServerStream pipe = new(PipeDirection.Out);
        pipe.Write(Bytes(saved));
        string reader = pipe.GetClientHandleAsString();
        if (OperatingSystem.IsLinux())
        {
            // Where pipes have paths: both ends were opened here, and the writing one is closed before the file is read.
            using SafeFileHandle file = File.OpenHandle($"/proc/self/fd/{reader}");
            Assert.Null(ExactWeightFile.TryLoad(loaded, file, null));
            pipe.DisposeLocalCopyOfClientHandle();
            pipe.Dispose();
            loaded.LoadWeights($"/proc/self/fd/{file.DangerousGetHandle()}");
        }
        else
        {
            using AnonymousPipeClientStream stream = new(PipeDirection.In, reader);
            pipe.DisposeLocalCopyOfClientHandle();
            pipe.Dispose();
            loaded.LoadWeights(stream);
        }

        Assert.Equal(Bits(saved), Bits(loaded));
    }

    [Fact]
    public void TextsWithEscapesOrBeyondAscii_TakeTheThoroughWayAndArriveAll()
    {
        NetworkDescription description = FakeNetwork.Dense("Net", 3, 2);
        foreach (string text in new[] { "zéro", "one\ntwo", "\"quoted\"", "back\\slash", "<tag>" })
        {
            FakeNetwork saved = new FakeNetwork(description).Scramble(1), loaded = new(description, isUnwritten: true);
            saved.Metadata["text"] = text;
            saved.Save(Path);
            Assert.Null(TryLoadOpen(loaded));
            loaded.LoadWeights(Path);
            Assert.Equal(text, loaded.Metadata["text"]);
            Assert.Equal(Bits(saved), Bits(loaded));
        }
    }

    private WeightLoadReport? TryLoadOpen(FakeNetwork network)
    {
        using SafeFileHandle handle = File.OpenHandle(Path);
        return ExactWeightFile.TryLoad(network, handle, null);
    }

    private static NetworkDescription Reversed(NetworkDescription description) => new()
    {
        Name = description.Name,
        Inputs = description.Inputs,
        Layers = [description.Layers[0] with { Weights = [.. description.Layers[0].Weights.Reverse()] }],
        Outputs = description.Outputs,
        ParameterCount = description.ParameterCount,
        StatisticsCount = description.StatisticsCount,
        ArchitectureHash = description.ArchitectureHash,
    };

    private static FakeNetwork Named(FakeNetwork network, string key)
    {
        network.Metadata[key] = "1";
        return network;
    }

    private static byte[] Bytes(FakeNetwork network)
    {
        MemoryStream stream = new();
        network.Save(stream);
        return stream.ToArray();
    }

    private static byte[] Replace(byte[] file, string old, string replacement)
    {
        int place = file.AsSpan().IndexOf(Encoding.ASCII.GetBytes(old));
        Assert.True(place >= 0);
        Encoding.ASCII.GetBytes(replacement).CopyTo(file, place);
        return file;
    }

    private static IEnumerable<int> Bits(FakeNetwork network) => network.Values().Select(BitConverter.SingleToInt32Bits);
}
