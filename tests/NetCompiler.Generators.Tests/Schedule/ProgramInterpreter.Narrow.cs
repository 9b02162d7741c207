using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Schedule;
using NetCompiler.Generators.Tests.Graph;

namespace NetCompiler.Generators.Tests.Schedule;

/// <summary>The calls of narrow formats, as the runtime does them: places from the descriptions of its layouts, values from the definitions of the formats.</summary>
internal sealed partial class ProgramInterpreter
{
    private const int Panel = 32, Half = 16, Quad = 4;

    private void Narrow(NarrowWeightsCall call)
    {
        Pointer from = At(call.Source);
        int padded = call.IsInPanels ? TilingPolicy.Align(call.Columns) : call.Stride;
        double Value(int row, int column)
        {
            int panel = column / TilingPolicy.PanelWidth * TilingPolicy.PanelWidth;
            return column >= call.Columns || row >= call.Rows ? 0
                : from.Read(call.IsInPanels ? (panel * call.Rows) + (row * Math.Min(TilingPolicy.PanelWidth, padded - panel)) + column - panel : (row * call.Stride) + column);
        }

        if (call.Format == NarrowFormat.BFloat16)
        {
            WritePairs(call, Value);
        }
        else
        {
            WriteIntegers(call, Value);
        }
    }

    // Columns j and j + 16 of a panel in one element, zeros where there are none.
    private void WritePairs(NarrowWeightsCall call, Func<int, int, double> value)
    {
        Pointer to = At(call.Destination);
        for (int row = 0; row < call.Rows; row++)
        {
            for (int column = 0; column < call.Columns; column += column % Panel == Half - 1 ? Half + 1 : 1)
            {
                to.Write((column / Panel * Half * call.Rows) + (row * Half) + (column % Panel), NarrowDefinition.Pair(value(row, column), value(row, column + Half)));
            }

            for (int column = call.Columns % Panel; column is > 0 and < Half; column++)
            {
                to.Write((call.Columns / Panel * Half * call.Rows) + (row * Half) + column, 0);
            }
        }
    }

    // Panels of the units of 32 columns, their sums, then four rows in each element; zeros where there is nothing.
    private void WriteIntegers(NarrowWeightsCall call, Func<int, int, double> value)
    {
        Pointer to = At(call.Destination);
        int quads = (call.Rows + Quad - 1) / Quad, panels = (call.Columns + Panel - 1) / Panel;
        for (int column = 0; column < panels * Panel; column++)
        {
            int panel = column / Panel * Panel * (quads + 2), place = panel + (column % Panel), own = column;
            double unit = Int8Definition.Unit(Enumerable.Range(0, call.Rows).Select(row => value(row, own)));
            int[] integers = [.. Enumerable.Range(0, quads * Quad).Select(row => Int8Definition.Multiple(value(row, own), unit))];
            to.Write(place, unit);
            to.Write(place + Panel, integers.Sum());
            for (int quad = 0; quad < quads; quad++)
            {
                to.Write(place + ((quad + 2) * Panel), Int8Definition.Element(integers.Skip(quad * Quad).Take(Quad)));
            }
        }
    }

    private void RoundRows(RoundRowsCall call)
    {
        Pointer from = At(call.Source), to = At(call.Destination);
        At(call.Range); // which is there; without calibration each row has its own
        int quads = (call.Columns + Quad - 1) / Quad;
        for (int row = 0; row < call.Rows * _samples; row++)
        {
            double[] values = [.. Enumerable.Range(row * call.SourceStride, call.Columns).Select(from.Read)];
            (double step, int zero) = Int8Definition.Scale(values);
            int[] integers = Array.ConvertAll(values, value => Int8Definition.Multiple(value, step) + zero);
            for (int quad = 0; quad < quads; quad++)
            {
                to.Write((row * call.DestinationStride) + quad, Int8Definition.Element(integers.Skip(quad * Quad).Take(Quad)));
            }

            to.Write((row * call.DestinationStride) + quads, step);
            to.Write((row * call.DestinationStride) + quads + 1, zero);
        }
    }

    private void Multiply(Int8ProductCall call)
    {
        Pointer left = At(call.Left), right = At(call.Right), to = At(call.Result);
        int quads = (call.Depth + Quad - 1) / Quad;
        for (int row = 0; row < call.Rows * _samples; row++)
        {
            double step = left.Read((row * call.LeftStride) + quads);
            int zero = (int)left.Read((row * call.LeftStride) + quads + 1);
            for (int column = 0; column < call.Width; column++)
            {
                int place = (column / Panel * Panel * (quads + 2)) + (column % Panel);
                long sum = -zero * (long)right.Read(place + Panel);
                for (int k = 0; k < quads * Quad; k++)
                {
                    sum += Int8Definition.Integer(left.Read((row * call.LeftStride) + (k / Quad)), k % Quad, isSigned: false)
                        * Int8Definition.Integer(right.Read(place + (((k / Quad) + 2) * Panel)), k % Quad, isSigned: true);
                }

                Assert.InRange(sum, int.MinValue, int.MaxValue);
                to.Write((row * call.ResultStride) + column, sum * (step * right.Read(place)));
            }
        }
    }
}
