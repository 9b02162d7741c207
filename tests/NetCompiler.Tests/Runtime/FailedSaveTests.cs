using System.Runtime.InteropServices;
using NetCompiler.TestKit;
using Xunit;

namespace NetCompiler.Tests.Runtime;

/// <summary>Saving where it cannot succeed: the message names what and where, the old file stays, and no other is left.</summary>
public sealed class FailedSaveTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("netcompiler-tests-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("net.safetensors")]
    [InlineData("net.json")]
    public void DiskThatFillsUpHalfWay_LeavesTheOldFileAndNoOther(string name)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, "old");
        WeightFileException error = Assert.Throws<WeightFileException>(() => WeightFile.Save(new FullDiskNetwork(_folder), path));
        Assert.Equal($"The weights of Small cannot be written to {path}: No space left on device. Nothing was changed there.", error.Message);
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Theory]
    [InlineData("No space left on device : '/there'", "No space left on device : '/there'. Nothing was changed there.")]
    [InlineData("The line went dead.", "The line went dead. Nothing was changed there.")]
    public void ReasonWithAStopOrWithout_IsASentence(string reason, string expected)
    {
        string path = Path.Combine(_folder, "net.safetensors");
        WeightFileException error = Assert.Throws<WeightFileException>(() => WeightFile.Save(new FullDiskNetwork(_folder, reason), path));
        Assert.EndsWith(": " + expected, error.Message);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void SystemsWordsAboutTheTemporaryFile_NameTheFile(bool isGuarded)
    {
        string path = Path.Combine(_folder, "net.safetensors");
        IOException error = Assert.Throws<IOException>(() => AtomicFile.Write(path, stream =>
        {
            IOException full = new($"No space left on device : '{((FileStream)stream).Name}'");
            throw isGuarded ? new WeightFileException($"Writing it failed at the end: {full.Message}", innerException: full) : full;
        }));
        Assert.Equal($"No space left on device : '{path}'", error.Message);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Theory]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite, null)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite, ".net.tmp")]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite, null)]
    public void ReplacedFile_LeavesItsMode(UnixFileMode mode, string? temporaryName)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        string path = Path.Combine(_folder, "net.safetensors");
        File.WriteAllText(path, "old");
        File.SetUnixFileMode(path, mode);
        UnixFileMode during = default;
        AtomicFile.Write(
            path,
            stream =>
            {
                during = OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(((FileStream)stream).SafeFileHandle);
                stream.Write("new"u8);
            },
            temporaryName);
        Assert.Equal("new", File.ReadAllText(path));
        Assert.Equal(mode, during);
        Assert.Equal(mode, File.GetUnixFileMode(path));
    }

    [LinuxFact]
    public void NamedPipe_IsWrittenToAndStays()
    {
        string pipe = Path.Combine(_folder, "pipe"), link = Path.Combine(_folder, "link");
        Assert.Equal(0, mkfifo(pipe, Convert.ToUInt32("600", 8)));
        File.CreateSymbolicLink(link, pipe);
        using MemoryStream expected = new();
        WeightFile.Save(Small(), expected);
        foreach (string path in (string[])[pipe, link])
        {
            Task<byte[]> reader = Task.Run(() => File.ReadAllBytes(path));
            AtomicFile.RequireWritable(path);
            WeightFile.Save(Small(), path);
            Assert.True(SpecialFile.IsAt(path));
            Assert.Equal(expected.ToArray(), reader.Result);
        }

        Assert.Equal(pipe, new FileInfo(link).LinkTarget);
        Assert.Equal(2, Directory.GetFiles(_folder).Length);
    }

    [LinuxFact]
    public void NamedPipeThatNobodyReadsAnyMore_IsNamedWithTheReason()
    {
        string pipe = Path.Combine(_folder, "pipe");
        Assert.Equal(0, mkfifo(pipe, Convert.ToUInt32("600", 8)));
        Task<FileStream> reader = Task.Run(() => File.OpenRead(pipe));
        IOException error = Assert.Throws<IOException>(() => AtomicFile.Write(pipe, stream =>
        {
            Assert.True(reader.Wait(TimeSpan.FromSeconds(60)), "Another file is open.");
            reader.Result.Dispose();
            stream.Write("new"u8);
        }));
        Assert.Equal($"Broken pipe : '{pipe}'", error.Message);
        Assert.True(SpecialFile.IsAt(pipe));
    }

    [Fact]
    public void FullDevice_IsNamedWithTheReason()
    {
        if (!File.Exists("/dev/full"))
        {
            return;
        }

        using FileStream device = new("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        WeightFileException error = Assert.Throws<WeightFileException>(() => WeightFile.Save(Small(), device));
        Assert.StartsWith("Writing the weights of Small failed at the header or the end: No space left on device", error.Message);
    }

    [Fact]
    public void ReadOnlyFolder_KeepsItsFile()
    {
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess)
        {
            // The folder's mode says nothing to an administrator; the next test is for that case.
            return;
        }

        string path = Path.Combine(_folder, "net.safetensors");
        File.WriteAllText(path, "old");
        File.SetUnixFileMode(_folder, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        try
        {
            WeightFileException error = Assert.Throws<WeightFileException>(() => WeightFile.Save(Small(), path));
            Assert.StartsWith($"The weights of Small cannot be written to {path}: ", error.Message);
            Assert.EndsWith("Nothing was changed there.", error.Message);
            Assert.Equal("old", File.ReadAllText(path));
            Assert.Single(Directory.GetFiles(_folder));
        }
        finally
        {
            File.SetUnixFileMode(_folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Fact]
    public void FolderWhereNobodyMakesFiles_KeepsItsFile()
    {
        const string Kernel = "/proc/version";
        if (!File.Exists(Kernel))
        {
            return;
        }

        // Not even an administrator makes a file in /proc; the link makes it the folder of the file to replace.
        string path = Path.Combine(_folder, "net.safetensors"), before = File.ReadAllText(Kernel);
        File.CreateSymbolicLink(path, Kernel);
        WeightFileException error = Assert.Throws<WeightFileException>(() => WeightFile.Save(Small(), path));
        Assert.StartsWith($"The weights of Small cannot be written to {path}: ", error.Message);
        Assert.EndsWith("Nothing was changed there.", error.Message);
        Assert.Equal(Kernel, new FileInfo(path).LinkTarget);
        Assert.Equal(before, File.ReadAllText(path));
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Fact]
    public void FolderInTheFilesPlace_KeepsWhatIsInIt()
    {
        string path = Path.Combine(_folder, "taken"), inside = Path.Combine(path, "old.safetensors");
        Directory.CreateDirectory(path);
        File.WriteAllText(inside, "old");
        WeightFileException error = Assert.Throws<WeightFileException>(() => WeightFile.Save(Small(), path));
        Assert.StartsWith($"The weights of Small cannot be written to {path}: ", error.Message);
        Assert.Equal("old", File.ReadAllText(inside));
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [DllImport("libc")]
    private static extern int mkfifo([MarshalAs(UnmanagedType.LPUTF8Str)] string path, uint mode);

    private static FakeNetwork Small() => new(FakeNetwork.Dense("Small", 17, 33, 3));

    /// <summary>Its weights can be read until the temporary file is there; from then on the second one fails as a full disk does.</summary>
    private sealed class FullDiskNetwork(string folder, string reason = "No space left on device.") : INetwork
    {
        private readonly FakeNetwork _network = Small();

        public NetworkDescription Description => _network.Description;

        public int Seed => 0;

        public IDictionary<string, string> Metadata => _network.Metadata;

        public IReadOnlyList<WeightView> Weights
        {
            get
            {
                IReadOnlyList<WeightView> weights = ((INetwork)_network).Weights;
                return Directory.GetFiles(folder, ".netcompiler-*").Length == 0 ? weights : new FailingList(weights, reason);
            }
        }

        public ITraining CreateTraining(int batchSize, int threads = 0, int? seed = null) => throw new NotSupportedException();

        public void Predict(ReadOnlySpan<Column> inputs, ReadOnlySpan<Memory<float>> outputs) => throw new NotSupportedException();

        public void Save(string path) => throw new NotSupportedException();

        public void Save(Stream stream) => throw new NotSupportedException();

        public WeightLoadReport LoadWeights(string path, WeightLoadOptions? options = null) => throw new NotSupportedException();

        public WeightLoadReport LoadWeights(Stream stream, WeightLoadOptions? options = null) => throw new NotSupportedException();
    }

    private sealed class FailingList(IReadOnlyList<WeightView> weights, string reason) : IReadOnlyList<WeightView>
    {
        public int Count => weights.Count;

        public WeightView this[int index] => index == 0 ? weights[0] : throw new IOException(reason);

        public IEnumerator<WeightView> GetEnumerator() => Enumerable.Range(0, Count).Select(index => this[index]).GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
