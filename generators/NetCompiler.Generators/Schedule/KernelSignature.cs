using NetCompiler.Generators.Schedule.Memory;
using NetCompiler.Generators.Schedule.Nests;
using NetCompiler.Generators.Schedule.Templates;

namespace NetCompiler.Generators.Schedule;

/// <summary>
/// Collects the parameters of a kernel and the arguments of its call. Names are canonical (x0, x1, y0), so that kernels of equal shape
/// are equal.
/// </summary>
internal sealed class KernelSignature
{
    private readonly List<Parameter> _parameters = [];
    private readonly List<ProgramArgument> _arguments = [];
    private readonly Dictionary<(Place, bool, (int, int, bool)?), string> _places = [];
    private readonly Dictionary<(int, bool), string> _numbers = [];

    public EquatableArray<Parameter> Parameters => _parameters;

    public IReadOnlyList<ProgramArgument> Arguments => _arguments;

    /// <summary>The parameter that refers to a place.</summary>
    /// <param name="place">The place.</param>
    /// <param name="isInteger">Whether it holds integers.</param>
    /// <param name="stem">What the name begins with.</param>
    /// <param name="walk">How loops move the parameter, where they do: one value may be read along its rows and down its columns, each by a parameter of its own.</param>
    public string Reference(Place place, bool isInteger = false, string stem = "x", (int RowStep, int SampleStep, bool IsAlongLanes)? walk = null)
    {
        if (!_places.TryGetValue((place, isInteger, walk), out string? name))
        {
            name = stem + _parameters.Count;
            _places.Add((place, isInteger, walk), name);
            Add(new Parameter(name, isInteger ? ParameterType.Integers : ParameterType.Floats), new PlaceArgument(place));
        }

        return name;
    }

    /// <summary>
    /// A parameter of its own for a place that another may refer to as well: a product walks over what it multiplies in another way than its
    /// epilogue does over what it adds, and both may be the same value.
    /// </summary>
    public string Own(Place place)
    {
        string name = "x" + _parameters.Count;
        Add(new Parameter(name, ParameterType.Floats), new PlaceArgument(place));
        return name;
    }

    /// <summary>The parameter with a setting or the number of samples.</summary>
    public string Number(int setting, bool isBatchCount)
    {
        if (!_numbers.TryGetValue((setting, isBatchCount), out string? name))
        {
            name = "s" + _parameters.Count;
            _numbers.Add((setting, isBatchCount), name);
            Add(new Parameter(name, ParameterType.Float), new NumberArgument(setting, isBatchCount));
        }

        return name;
    }

    /// <summary>The arguments of a kernel that this one calls, for the values and numbers that the other refers to: they are parameters of this one as well.</summary>
    public IEnumerable<Argument> ArgumentsOf(KernelSignature inner)
    {
        foreach (Parameter parameter in inner.Parameters)
        {
            yield return inner._numbers.Where(entry => entry.Value == parameter.Name).Select(entry => new Argument(null, Number(entry.Key.Item1, entry.Key.Item2)))
                .Concat(inner._places.Where(entry => entry.Value == parameter.Name)
                    .Select(entry => new Argument(new Address(Reference(entry.Key.Item1, entry.Key.Item2, parameter.Name.Substring(0, 1), entry.Key.Item3)), 0))).Single();
        }
    }

    public string Count(string name, int rows, bool perSample)
    {
        Add(new Parameter(name, ParameterType.Count), new CountArgument(rows, perSample));
        return name;
    }

    /// <summary>The parameter that says whether gradients are added to what is there.</summary>
    public string Accumulate(bool always)
    {
        string name = always ? "addend" : "accumulate";
        if (!_parameters.Any(parameter => parameter.Name == name))
        {
            Add(new Parameter(name, ParameterType.Flag), new AccumulateArgument(always ? true : null));
        }

        return name;
    }

    /// <summary>The parameters of the units that a thread computes, times their size: the first one, and how many.</summary>
    public (string First, string Count) Share(int units, int size = 1)
    {
        Add(new Parameter("first", ParameterType.Count), new ShareArgument(units, size, IsFirst: true));
        Add(new Parameter("count", ParameterType.Count), new ShareArgument(units, size, IsFirst: false));
        return ("first", "count");
    }

    /// <summary>A parameter that is the number of the units that a thread computes, times another size of theirs.</summary>
    public string ShareCount(string name, int units, int size)
    {
        Add(new Parameter(name, ParameterType.Count), new ShareArgument(units, size, IsFirst: false));
        return name;
    }

    /// <summary>The same for tiles in runs, by the start of each run: how many of its tiles stand before the thread's first one, and how many are the thread's.</summary>
    /// <param name="runs">The runs; what threads share are the tiles of all of them.</param>
    /// <param name="kind">Stands in the parameters' names before the first tile, where a kernel has tiles of several kinds.</param>
    public Dictionary<int, (string First, string Count)> ShareRuns(IReadOnlyList<TileRun> runs, string kind = "")
    {
        var shares = new Dictionary<int, (string, string)>();
        int tiles = runs.Sum(run => run.Count), from = 0;
        foreach (TileRun run in runs)
        {
            (string first, string count) = ($"first{kind}{NumberText.Integer(from)}", $"count{kind}{NumberText.Integer(from)}");
            Add(new Parameter(first, ParameterType.Count), new ShareArgument(tiles, 1, IsFirst: true) { From = from, Length = run.Count });
            Add(new Parameter(count, ParameterType.Count), new ShareArgument(tiles, 1, IsFirst: false) { From = from, Length = run.Count });
            shares.Add(run.Start, (first, count));
            from += run.Count;
        }

        return shares;
    }

    /// <summary>A parameter that is 1 for the one thread that does what belongs to none of the units, 0 for the others.</summary>
    public string ShareOfRest() => ShareCount("rest", units: 1, size: 1);

    /// <summary>The parameter that says whether the number of the scan's step is odd.</summary>
    public string OddStep()
    {
        const string Name = "isOdd";
        Add(new Parameter(Name, ParameterType.Flag), new OddStepArgument());
        return Name;
    }

    /// <summary>The parameter that says whether a step goes through its weights from the last to the first.</summary>
    public string Turned()
    {
        const string Name = "isTurned";
        Add(new Parameter(Name, ParameterType.Flag), new TurnedArgument());
        return Name;
    }

    private void Add(Parameter parameter, ProgramArgument argument)
    {
        _parameters.Add(parameter);
        _arguments.Add(argument);
    }
}
