using System.ComponentModel;

namespace NetCompiler;

/// <summary>The prediction of one sample on several threads, which wait for one another between its stages; alone where that takes less time, as while the other threads sleep.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class SharedPrediction : WorkItem
{
    private readonly ThreadChoice _choice = new();
    private int _stage;

    /// <summary>Whether to share this prediction.</summary>
    public bool Begin() => _choice.Begin(amount: 1);

    /// <summary>Ends the prediction, whichever way it was made.</summary>
    public void End() => _choice.End();

    /// <summary>Does one part; called on any thread, and for different parts at the same time.</summary>
    public sealed override void Execute(int part, int parts) => Execute(new StageShare(_stage, part, parts));

    /// <summary>Makes all stages.</summary>
    /// <param name="stages">For each stage whether threads share it: not 0.</param>
    /// <param name="parts">How many parts to cut those into.</param>
    protected void RunStages(ReadOnlySpan<byte> stages, int parts)
    {
        for (_stage = 0; _stage < stages.Length; _stage++)
        {
            if (stages[_stage] != 0)
            {
                Workers.Run(this, parts);
            }
            else
            {
                Execute(0, 1);
            }
        }
    }

    /// <summary>Makes a part of a stage.</summary>
    protected abstract void Execute(StageShare share);
}
