namespace NetCompiler;

/// <summary>A number of trials trained up to a number of epochs.</summary>
/// <param name="Trials">How many trials reach it.</param>
/// <param name="Epochs">The epochs in all, those of earlier rungs included.</param>
public readonly record struct HyperbandRung(int Trials, int Epochs);
