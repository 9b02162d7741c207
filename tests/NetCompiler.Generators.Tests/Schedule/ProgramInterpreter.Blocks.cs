using NetCompiler.Generators.Schedule;

namespace NetCompiler.Generators.Tests.Schedule;

/// <summary>Calls over blocks of samples, and sums of blocks.</summary>
internal sealed partial class ProgramInterpreter
{
    private void InBlocks(int size, Action run)
    {
        (int first, int samples) = (_firstSample, _samples);
        for (; _firstSample < first + samples; _firstSample += size)
        {
            _samples = Math.Min(size, first + samples - _firstSample);
            run();
        }

        (_firstSample, _samples) = (first, samples);
    }

    private static void Clear(Pointer cleared, int from, int to)
    {
        for (int i = from; i < to; i++)
        {
            cleared.Write(i, 0);
        }
    }

    // As the runtime's PackedSums.Add.
    private void AddBlocks(AddBlocksCall call, bool accumulate)
    {
        Pointer from = At(call.Blocks), to = At(call.Destination);
        for (int i = 0; i < call.Length; i++)
        {
            double sum = accumulate ? to.Read(i) : 0;
            for (int block = 0; block < (_samples + BlockSums.Samples - 1) / BlockSums.Samples; block++)
            {
                sum += from.Read((block * BlockSums.Samples * call.Blocks.SampleStride) + i);
            }

            to.Write(i, sum);
        }
    }
}
