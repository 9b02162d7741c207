using System.Globalization;

namespace NetCompiler;

/// <summary>Writes one line per epoch to a CSV file: epoch, counted from 0 as Keras does, then every series of the history.</summary>
/// <param name="path">The file; an existing one is replaced when training begins.</param>
public sealed class CsvLogger(string path) : Callback
{
    /// <inheritdoc/>
    public override void OnTrainBegin(FitContext context) => File.WriteAllText(path, "");

    /// <inheritdoc/>
    public override void OnEpochEnd(FitContext context)
    {
        History history = context.History;
        string header = context.Epoch == 0 ? $"epoch,{string.Join(',', history.Names)}\n" : "";
        string values = string.Join(',', history.Names.Select(name => history.Last(name).ToString("R", CultureInfo.InvariantCulture)));
        File.AppendAllText(path, string.Create(CultureInfo.InvariantCulture, $"{header}{context.Epoch},{values}\n"));
    }
}
