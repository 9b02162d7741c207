using System.Formats.Tar;
using NetCompiler.TestKit;
using Xunit;

namespace NetCompiler.Tests.Training.Data.Audio;

public sealed class SpokenDigitsTests
{
    [Fact]
    public void Recordings_AreReadAndOrdered_PlainAndGzip()
    {
        byte[] archive = Archive(("recordings/7_theo_12.wav", Sound()), ("recordings/7_theo_2.wav", Sound()), ("readme.md", [1]), ("recordings/0_lucas_4.wav", Sound()));
        foreach (byte[] bytes in new[] { archive, DataBytes.Pack(archive) })
        {
            using MemoryStream stream = new(bytes);
            IReadOnlyList<SpokenDigit> digits = SpokenDigits.Read(stream);
            Assert.Equal([(0, "lucas", 4), (7, "theo", 2), (7, "theo", 12)], digits.Select(digit => (digit.Digit, digit.Speaker, digit.Index)));
            Assert.All(digits, digit => Assert.Equal([0.5f, -0.5f], digit.Samples));
        }
    }

    [Theory]
    [InlineData("seven_theo_1.wav")]
    [InlineData("7_theo.wav")]
    [InlineData("7_theo_x.wav")]
    [InlineData("7__1.wav")]
    public void OtherNames_AreRefused(string name) => Assert.Equal($"the data: {name} is not named digit_speaker_index.wav, as 7_jackson_32.wav.", Refusal(Archive((name, Sound()))));

    [Fact]
    public void DamagedRecording_IsNamedWithItsArchive()
    {
        Assert.Equal("the data: 1_theo_1.wav is stereo, expected mono.", Refusal(Archive(("1_theo_1.wav", WavBytes.Create(16, 2, 8000, new byte[4])))));
        Assert.Equal("the data: 1_theo_1.wav has 0 bytes; a WAV file starts with 12 bytes of header.", Refusal(Archive(("1_theo_1.wav", []))));
        Assert.Equal("the data has no .wav file.", Refusal(Archive(("readme.md", [1]))));
    }

    [Fact]
    public void DamagedArchive_IsNamed()
    {
        byte[] archive = Archive(("1_theo_1.wav", Sound()), ("1_theo_2.wav", Sound()));
        Assert.Contains("the data: ", Refusal(archive[..520]));
        Assert.Contains("the tar archive is damaged or truncated after 1 recordings", Refusal(archive[..1300]));
        byte[] packed = DataBytes.Pack(archive);
        Assert.Contains("the data: ", Refusal(packed[..(packed.Length / 2)]));
        byte[] garbled = [.. archive];
        garbled[1024 + 124] = (byte)'x';
        Assert.Contains("the tar archive is damaged or truncated after 1 recordings", Refusal(garbled));
    }

    [SharedFact("data/fsdd/recordings.tar.gz")]
    public void Dataset_HasItsKnownCounts()
    {
        IReadOnlyList<SpokenDigit> digits = SpokenDigits.Read(Shared.PathOf("data/fsdd/recordings.tar.gz"));
        Assert.Equal(3000, digits.Count);
        Assert.All(digits.GroupBy(digit => digit.Digit), group => Assert.Equal(300, group.Count()));
        Assert.Equal(["george", "jackson", "lucas", "nicolas", "theo", "yweweler"], digits.Select(digit => digit.Speaker).Distinct().Order());
        Assert.InRange(digits.Average(digit => (double)digit.Samples.Length / SpokenDigits.SampleRate), 0.43, 0.45);
        Assert.InRange(digits.Min(digit => (double)digit.Samples.Length / SpokenDigits.SampleRate), 0.13, 0.15);
    }

    private static byte[] Sound() => WavBytes.Create(16, 1, 8000, [0, 0x40, 0, 0xC0]);

    private static byte[] Archive(params (string Name, byte[] Content)[] files)
    {
        using MemoryStream archive = new();
        using (TarWriter writer = new(archive, TarEntryFormat.Ustar, leaveOpen: true))
        {
            foreach ((string name, byte[] content) in files)
            {
                writer.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) });
            }
        }

        return archive.ToArray();
    }

    private static string Refusal(byte[] bytes) => DataBytes.Refusal(bytes, (stream, name) => SpokenDigits.Read(stream, name));
}
