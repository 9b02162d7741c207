namespace NetCompiler;

/// <summary>Where a saved training stood: numbers that are parsed, and known to be possible, before anything is restored.</summary>
/// <param name="Epoch">The epoch that ran or came next, counted from 0.</param>
/// <param name="HasBegun">Whether it had begun.</param>
/// <param name="Batches">The number of its batches that were done.</param>
/// <param name="BatchesOfEpoch">The number of batches of an epoch; 0 where it was not known yet.</param>
/// <param name="BatchLoss">The loss of the last batch.</param>
/// <param name="StopTraining">Whether a callback had stopped the training.</param>
/// <param name="Elapsed">The time that training had taken.</param>
internal sealed record FitPlace(int Epoch, bool HasBegun, int Batches, int BatchesOfEpoch, float BatchLoss, bool StopTraining, TimeSpan Elapsed)
{
    /// <summary>Reads what <see cref="FitState.Save"/> wrote.</summary>
    /// <exception cref="CheckpointException">A value is missing or out of its range, or the history is of another number of epochs.</exception>
    public static FitPlace Read(SavedState state)
    {
        FitPlace place = new(
            state.GetInt32("epoch"),
            state.GetBoolean("has_begun"),
            state.GetInt32("batches"),
            state.GetInt32("batches_of_epoch"),
            (float)state.GetDouble("batch_loss"),
            state.GetBoolean("stop_training"),
            TimeSpan.FromTicks(state.GetInt64("elapsed_ticks")));
        if (place.Elapsed < TimeSpan.Zero)
        {
            throw new CheckpointException($"The saved time is negative: {place.Elapsed.Ticks} ticks.");
        }

        History history = new();
        history.RestoreState(state.GetPart("history"));
        int losses = history.Contains("loss") ? history["loss"].Count : 0;
        if (history.Epochs != place.Epoch || losses != place.Epoch || history.Names.Any(name => history[name].Count > place.Epoch))
        {
            string series = string.Join(", ", history.Names.Select(name => $"{history[name].Count} of {name}"));
            throw new CheckpointException($"The saved history has {history.Epochs} epochs ({series}), but {place.Epoch} are done.");
        }

        return place;
    }
}
