namespace NetCompiler.Dynamic.Operations;

/// <summary>The mean over an axis or over all axes of a sample.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class Mean<T>(int? axis) : Sum<T>(axis)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    protected override T Factor(int size) => T.One / T.CreateChecked(size);
}
