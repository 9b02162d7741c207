namespace NetCompiler;

/// <summary>How a series of a plot is drawn.</summary>
internal enum PlotForm
{
    Line,
    Points,
    Dashes,
    Bars,
}

/// <summary>One series of a plot. Bars have one x more than y: their edges.</summary>
internal sealed record PlotSeries(string Name, PlotForm Form, int Index, IReadOnlyList<double> X, IReadOnlyList<double> Y)
{
    private const int Dashes = 4;

    public Paint Paint => Paint.OfSeries(Index);

    /// <summary>Once the colours repeat, lines differ in their dashes.</summary>
    public Dash Dash => Form == PlotForm.Dashes ? Dash.Dashed : (Dash)(Index / Paint.SeriesColours % Dashes);
}

/// <summary>An image behind the series of a plot.</summary>
internal sealed record PlotGround(byte[] Pixels, int Columns, int Rows, (double From, double To) X, (double From, double To) Y);
