using NetCompiler.Generators.Schedule;

namespace NetCompiler.Generators.Tests.Schedule;

/// <summary>The runtime's moves between layouts.</summary>
internal sealed partial class ProgramInterpreter
{
    // As the runtime's PackedWeights.ToColumns.
    private void Transpose(TransposeWeightsCall call)
    {
        Pointer from = At(call.Source), to = At(call.Destination);
        int padded = TilingPolicy.Align(call.Columns);
        for (int panel = 0; panel < padded; panel += TilingPolicy.PanelWidth)
        {
            int width = Math.Min(TilingPolicy.PanelWidth, padded - panel);
            for (int row = 0; row < call.Rows; row++)
            {
                for (int column = 0; column < width; column++)
                {
                    to.Write(((panel + column) * call.Stride) + row, from.Read((panel * call.Rows) + (row * width) + column));
                }
            }
        }
    }

    // As the runtime's PackedWeights.ToChannels.
    private void Transpose(TransposeWindowsCall call)
    {
        Pointer from = At(call.Source), to = At(call.Destination);
        int filters = TilingPolicy.Align(call.Filters), channels = TilingPolicy.Align(call.Channels), rows = call.Height * call.Width;
        int Place(int row, int column, int matrix, int columns) =>
            (column / TilingPolicy.PanelWidth * TilingPolicy.PanelWidth * matrix) + (row * Math.Min(TilingPolicy.PanelWidth, columns - (column / TilingPolicy.PanelWidth * TilingPolicy.PanelWidth))) + (column % TilingPolicy.PanelWidth);
        for (int y = 0; y < call.Height; y++)
        {
            for (int x = 0; x < call.Width; x++)
            {
                for (int c = 0; c < channels; c++)
                {
                    for (int n = 0; n < filters; n++)
                    {
                        double value = c < call.Channels ? from.Read(Place((((y * call.Width) + x) * call.Channels) + c, n, rows * call.Channels, filters)) : 0;
                        to.Write(Place((((x * call.Height) + y) * filters) + n, c, rows * filters, channels), value);
                    }
                }
            }
        }
    }

    // As the runtime's PackedWeights.ToRows and FromRows: a place in rows and the one in panels.
    private static void Repack(int rows, int padded, Action<int, int, int> move)
    {
        for (int column = 0; column < padded; column++)
        {
            int panel = column / TilingPolicy.PanelWidth * TilingPolicy.PanelWidth, width = Math.Min(TilingPolicy.PanelWidth, padded - panel);
            for (int row = 0; row < rows; row++)
            {
                move(row, column, (panel * rows) + (row * width) + column - panel);
            }
        }
    }

    // As the runtime's PackedRows.Copy.
    private void Copy(CopyCall call)
    {
        Pointer from = At(call.Source), to = At(call.Destination);
        for (int sample = 0; sample < (call.IsBatched ? _samples : 1); sample++)
        {
            for (int i = 0; i < call.Length; i++)
            {
                double value = from.Read((sample * call.Source.SampleStride) + (i / call.SourceColumns * call.Source.RowStride) + (i % call.SourceColumns));
                to.Write((sample * call.Destination.SampleStride) + (i / call.DestinationColumns * call.Destination.RowStride) + (i % call.DestinationColumns), value);
            }

            for (int row = 0; row < call.Length / call.DestinationColumns; row++)
            {
                for (int column = call.DestinationColumns; column < call.Destination.RowStride; column++)
                {
                    to.Write((sample * call.Destination.SampleStride) + (row * call.Destination.RowStride) + column, 0);
                }
            }
        }
    }
}
