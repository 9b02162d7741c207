using NetCompiler.Generators.Schedule.Nests;

namespace NetCompiler.Generators.Schedule.Templates;

/// <summary>Registers that are named by two numbers, as c3_16: kernels have thousands of the same few names, each of which exists once.</summary>
internal sealed class NumberedNames(string prefix)
{
    private const int Most = 128;

    private readonly Name?[]?[] _known = new Name?[Most][];

    /// <summary>The register; threads that ask at once get equal ones.</summary>
    public Name this[int first, int second]
    {
        get
        {
            if ((uint)first >= Most || (uint)second >= Most)
            {
                return Make(first, second);
            }

            Name?[] row = _known[first] ??= new Name?[Most];
            return row[second] ??= Make(first, second);
        }
    }

    private Name Make(int first, int second) => new(prefix + NumberText.Integer(first) + "_" + NumberText.Integer(second));
}
