namespace NetCompiler;

/// <summary>A state that knows the settings that it was made by.</summary>
internal interface IOptimizerSettings
{
    /// <summary>The settings.</summary>
    Optimizer Settings { get; }
}
