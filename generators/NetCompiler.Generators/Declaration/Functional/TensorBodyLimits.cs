using Microsoft.CodeAnalysis;

namespace NetCompiler.Generators.Declaration.Functional;

/// <summary>
/// How far the reading of a Forward or loss method goes. What exceeds it is an error on the loop that has run most often so far, or on the call.
/// </summary>
internal sealed class TensorBodyLimits
{
    public const int Steps = 100_000;
    public const int Nodes = 10_000;
    public const int Depth = 64;
    public const int Nesting = 500;

    private readonly List<(Location Place, int Iterations)> _loops = [];
    private int _steps;

    /// <summary>Counts one statement or expression; false where it is one too many.</summary>
    public bool Step() => ++_steps <= Steps;

    public void EnterLoop(Location place) => _loops.Add((place, 0));

    public void Iterate()
    {
        (Location place, int iterations) = _loops[_loops.Count - 1];
        _loops[_loops.Count - 1] = (place, iterations + 1);
    }

    public void LeaveLoop() => _loops.RemoveAt(_loops.Count - 1);

    /// <summary>The loop that runs and has run most often, or null outside of loops.</summary>
    public Location? BusiestLoop => _loops.Count == 0 ? null : _loops.OrderByDescending(loop => loop.Iterations).First().Place;
}
