namespace NetCompiler.Generators.Schedule.Nests;

/// <summary>How the loops of a nest move over one value.</summary>
/// <param name="Reference">The kernel's parameter.</param>
/// <param name="Offset">The elements from there to the first one.</param>
/// <param name="Steps">The elements from one iteration to the next: of the samples, then of each axis of the nest.</param>
/// <param name="IsInteger">Whether it holds tokens or class indices.</param>
/// <param name="IsPadded">Whether the row along the lanes ends in room for a whole vector, which holds zeros.</param>
internal sealed record Walk(string Reference, int Offset, EquatableArray<int> Steps, bool IsInteger = false, bool IsPadded = false)
{
    public int LaneStep => Steps[Steps.Count - 1];
}
