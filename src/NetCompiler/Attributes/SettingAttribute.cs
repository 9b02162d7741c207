namespace NetCompiler;

/// <summary>
/// A run-time number of a loss method: a <c>float</c> parameter that becomes a property of the generated <c>Training</c> and can be set
/// through the settings of <c>Fit</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class SettingAttribute : Attribute
{
    /// <summary>Names the value that holds until another is set.</summary>
    public SettingAttribute(double @default) => Default = @default;

    /// <summary>The value that holds until another is set.</summary>
    public double Default { get; }
}
