using Xunit;

namespace NetCompiler.Tests.Training.Data.Audio;

public sealed class WavFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("wav");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(8, 1, "0080C0FF", new[] { -1f, 0f, 0.5f, 127 / 128f })]
    [InlineData(16, 1, "0080000000400100", new[] { -1f, 0f, 0.5f, 1 / 32768f })]
    [InlineData(24, 1, "000080000000000040FFFFFF", new[] { -1f, 0f, 0.5f, -1 / 8388608f })]
    [InlineData(32, 1, "000000800000000000000040", new[] { -1f, 0f, 0.5f })]
    [InlineData(32, 3, "0000803F000000BF00000040", new[] { 1f, -0.5f, 2f })]
    public void EverySampleSize_IsScaledToOne(int bits, int tag, string data, float[] expected)
    {
        WavSound sound = Read(WavBytes.Create(bits, 1, 8000, Convert.FromHexString(data), tag));
        Assert.Equal((8000, 1, bits, expected.Length), (sound.SampleRate, sound.Channels, sound.BitsPerSample, sound.Length));
        Assert.Equal(expected, sound.Samples);
    }

    [Fact]
    public void Stereo_LiesSideBySide()
    {
        WavSound sound = Read(WavBytes.Create(16, 2, 44100, Convert.FromHexString("0040004000C000C0")));
        Assert.Equal((2, 2), (sound.Channels, sound.Length));
        Assert.Equal([0.5f, 0.5f, -0.5f, -0.5f], sound.Samples);
    }

    [Fact]
    public void OtherChunksAndTheExtensibleForm_AreRead()
    {
        byte[] extensible = [.. WavBytes.Format(16, 1, 8000, 0xFFFE), 22, 0, 16, 0, 4, 0, 0, 0, 1, 0, .. new byte[14]];
        byte[] file = WavBytes.Riff(WavBytes.Chunk("LIST", [1, 2, 3]), WavBytes.Chunk("fmt ", extensible), WavBytes.Chunk("fact", new byte[4]), WavBytes.Chunk("data", [0, 64]), WavBytes.Chunk("id3 ", [9]));
        Assert.Equal([0.5f], Read(file).Samples);
        string path = Path.Combine(_folder.FullName, "a.wav");
        File.WriteAllBytes(path, file);
        Assert.Equal([0.5f], WavFile.Read(path).Samples);
    }

    [Fact]
    public void AnotherRateOrFormThanExpected_SaysWhatWasFound()
    {
        WavExpectation speech = new() { SampleRate = 8000, Channels = 1, BitsPerSample = 16 };
        Assert.Single(Read(WavBytes.Create(16, 1, 8000, [0, 0]), speech).Samples);
        Assert.Equal("the data is stereo, expected mono.", Refusal(WavBytes.Create(16, 2, 8000, [0, 0, 0, 0]), speech));
        Assert.Equal("the data is mono, expected stereo.", Refusal(WavBytes.Create(16, 1, 8000, [0, 0]), new WavExpectation { Channels = 2 }));
        Assert.Equal("the data is 8-bit, expected 16-bit.", Refusal(WavBytes.Create(8, 1, 8000, [0]), speech));
        Assert.Equal("the data is 44100 Hz, expected 8000 Hz.", Refusal(WavBytes.Create(16, 1, 44100, [0, 0]), speech));
        Assert.Equal("the data is stereo, expected mono; 24-bit, expected 16-bit; 22050 Hz, expected 8000 Hz.", Refusal(WavBytes.Create(24, 2, 22050, new byte[6]), speech));
    }

    [Fact]
    public void Truncation_IsNamedAtEveryLength()
    {
        byte[] file = WavBytes.Create(16, 1, 8000, [1, 2, 3, 4]);
        Assert.Equal("the data is truncated: its header promises 40 bytes, 39 are there.", Refusal(file[..^1]));
        Assert.Equal("the data has 11 bytes; a WAV file starts with 12 bytes of header.", Refusal(file[..11]));
        for (int length = 0; length < file.Length; length++)
        {
            Assert.Matches("the data (is truncated|has)", Refusal(file[..length]));
        }
    }

    [Fact]
    public void WrongChunkSizes_AreNamed()
    {
        byte[] format = WavBytes.Chunk("fmt ", WavBytes.Format(16, 1, 8000));
        Assert.Equal(
            "the data is truncated or its chunk sizes are wrong: the chunk \"data\" at byte 36 promises 9 bytes, 4 are there.",
            Refusal(WavBytes.Riff(format, WavBytes.Chunk("data", new byte[4], 9))));
        Assert.Contains("the chunk \"data\" at byte 36 promises 4294967295 bytes, 2 are there", Refusal(WavBytes.Riff(format, WavBytes.Chunk("data", new byte[2], -1))));
        Assert.Equal("the data: 5 bytes are left at byte 36, too few for a chunk.", Refusal(WavBytes.Riff(format, new byte[5])));
        Assert.Equal("the data: the chunk \"fmt \" has 14 bytes; at least 16 were expected.", Refusal(WavBytes.Riff(WavBytes.Chunk("fmt ", new byte[14]))));
        Assert.Equal("the data: the chunk \"data\" at byte 12 comes before the chunk \"fmt \" that says what it holds.", Refusal(WavBytes.Riff(WavBytes.Chunk("data", new byte[4]), format)));
        Assert.Equal("the data has no chunk \"data\".", Refusal(WavBytes.Riff(format)));
        Assert.Equal("the data has no chunk \"fmt \".", Refusal(WavBytes.Riff()));
        Assert.Equal("the data: the chunk \"data\" has 3 bytes, no multiple of the 2 of one moment.", Refusal(WavBytes.Create(16, 1, 8000, new byte[3])));
        Assert.Contains("its header promises 0 bytes, but a WAV file of 46 bytes has 38 there", Refusal([.. "RIFF"u8, 0, 0, 0, 0, .. WavBytes.Create(16, 1, 8000, new byte[2])[8..]]));
    }

    [Fact]
    public void OtherFormats_AreNamed()
    {
        Assert.StartsWith("the data starts with 4F676753", Refusal([.. "OggS"u8, .. new byte[20]]), StringComparison.Ordinal);
        Assert.Contains("the data holds mu-law of 8 bits; PCM of 8, 16, 24 or 32 bits", Refusal(WavBytes.Create(8, 1, 8000, [0], tag: 7)));
        Assert.Contains("the data holds format 0x0123 of 16 bits", Refusal(WavBytes.Create(16, 1, 8000, [0, 0], tag: 0x123)));
        Assert.Contains("the data holds PCM of 12 bits", Refusal(WavBytes.Create(12, 1, 8000, [0, 0])));
        Assert.Contains("the data holds floats of 64 bits", Refusal(WavBytes.Create(64, 1, 8000, new byte[8], tag: 3)));
        Assert.Contains("the data has 6 channels at 8000 Hz; mono and stereo at a positive rate are read", Refusal(WavBytes.Create(16, 6, 8000, new byte[12])));
        Assert.Contains("the data has 1 channels at 0 Hz", Refusal(WavBytes.Create(16, 1, 0, new byte[2])));
        Assert.Contains("says 3 bytes per moment, but 1 channels of 16 bits are 2", Refusal(WavBytes.Create(16, 1, 8000, new byte[6], block: 3)));
        Assert.Equal("the data: sample 1 is not finite.", Refusal(WavBytes.Create(32, 1, 8000, [0, 0, 0, 0, 0, 0, 0xC0, 0x7F], tag: 3)));
    }

    private static WavSound Read(byte[] bytes, WavExpectation? expected = null)
    {
        using MemoryStream stream = new(bytes);
        return WavFile.Read(stream, expected);
    }

    private static string Refusal(byte[] bytes, WavExpectation? expected = null) => DataBytes.Refusal(bytes, (stream, name) => WavFile.Read(stream, expected, name));
}
