namespace NetCompiler;

/// <summary>What a schedule counts time in.</summary>
public enum ScheduleUnit
{
    /// <summary>Steps: batches since training began. The rate changes with every step, as in Keras's schedules.</summary>
    Steps = 0,

    /// <summary>Epochs with the share of the batches that are done, as 2.5. The rate changes with every step.</summary>
    Epochs = 1,

    /// <summary>Whole epochs, counted from 0: the rate stays the same during an epoch, as with Keras's LearningRateScheduler.</summary>
    WholeEpochs = 2,
}
