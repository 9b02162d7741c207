using System.ComponentModel;

namespace NetCompiler;

/// <summary>The prediction of one sample on several threads, which wait for one another between its stages.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class SharedPrediction : ChosenWork
{
    private int _stage;

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
