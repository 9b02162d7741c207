using System.Globalization;

namespace NetCompiler.Tests.Training.Fit.Checkpoints;

/// <summary>
/// The process that <see cref="KillTests"/> kills: trains <see cref="KindsRun"/> with a checkpoint every few batches, and says on its output what it does: <c>batch</c> after each,
/// <c>writing</c> when bytes of a checkpoint reach the file but not all of them have, and <c>done</c> at the end, when the result is in its file.
/// </summary>
internal static class KilledTraining
{
    public const int Epochs = 30;

    /// <summary>Arguments: the checkpoint, the file of the result, how many milliseconds a checkpoint's writing takes.</summary>
    public static void Run(string[] args)
    {
        int pause = int.Parse(args[2], CultureInfo.InvariantCulture);
        BackupAndRestore backup = new(args[0], saveEveryBatches: 4, deleteCheckpoint: false) { Wrap = stream => new SlowStream(stream, pause) };
        Kinds network = KindsRun.Network();
        History history = network.Fit(KindsRun.Data, KindsRun.Options(Epochs, backup, new Teller()));
        AtomicFile.Write(args[1], stream => stream.Write(System.Text.Encoding.ASCII.GetBytes(KindsRun.Describe(network, history))));
        Console.WriteLine("done");
    }

    private sealed class Teller : Callback
    {
        public override void OnBatchEnd(FitContext context)
        {
            Console.WriteLine("batch");

            // Gives the test time to strike: alone, the whole training takes less than a second.
            Thread.Sleep(2);
        }
    }

    /// <summary>Lets every write reach the file in two parts, with a pause between them.</summary>
    private sealed class SlowStream(Stream inner, int pause) : MemoryStream
    {
        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            inner.Write(buffer[..(buffer.Length / 2)]);
            inner.Flush();
            if (pause > 0)
            {
                Console.WriteLine("writing");
                Thread.Sleep(pause);
            }

            inner.Write(buffer[(buffer.Length / 2)..]);
        }
    }
}
