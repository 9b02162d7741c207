using NetCompiler.Generators.Graph;

namespace NetCompiler.Generators.Schedule;

/// <summary>A number for each operation that kernels tell apart: which weight, input or layer a value comes from they do not see.</summary>
internal sealed class OperationCodes
{
    private readonly Dictionary<Operation, int> _codes = [];

    // Graphs share their operations, and comparing formulas takes longer than finding one again.
    private readonly Dictionary<Operation, int> _found = new(ByReference<Operation>.Comparer);

    public int Of(Operation operation)
    {
        if (!_found.TryGetValue(operation, out int code))
        {
            Operation seen = operation switch
            {
                InputOperation { Role: InputRole.Setting } => operation,
                InputOperation input => input with { Index = 0 },
                DropoutMaskOperation mask => mask with { Layer = 0, Ordinal = 0 },
                NoiseOperation noise => noise with { Layer = 0 },
                _ => operation,
            };
            if (!_codes.TryGetValue(seen, out code))
            {
                _codes.Add(seen, code = _codes.Count);
            }

            _found.Add(operation, code);
        }

        return code;
    }
}
