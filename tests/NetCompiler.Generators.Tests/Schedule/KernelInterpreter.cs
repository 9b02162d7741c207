using NetCompiler.Generators.Schedule.Nests;
using NetCompiler.TestKit;

namespace NetCompiler.Generators.Tests.Schedule;

/// <summary>Executes the statements of kernels in double precision, one lane after another, and refuses what leaves its memory or names nothing.</summary>
internal sealed class KernelInterpreter(int lanes)
{
    private readonly Dictionary<Kernel, KernelCode> _codes = new(ReferenceEqualityComparer.Instance);

    /// <summary>Runs a kernel; arguments are pointers, ints, doubles and bools in the order of its parameters.</summary>
    public void Run(Kernel kernel, IReadOnlyList<object> arguments)
    {
        Assert.Equal(kernel.Parameters.Count, arguments.Count);
        for (int i = 0; i < arguments.Count; i++)
        {
            Parameter parameter = kernel.Parameters[i];
            Type type = parameter.Type switch
            {
                ParameterType.Floats or ParameterType.Integers => typeof(Pointer),
                ParameterType.Count => typeof(int),
                ParameterType.Float => typeof(double),
                _ => typeof(bool),
            };
            Expect.True(arguments[i].GetType() == type, $"{kernel.Name} gets {arguments[i]} for {parameter}.");
            Expect.True(arguments[i] is not Pointer pointer || pointer.Block.IsInteger == (parameter.Type == ParameterType.Integers), $"{kernel.Name} reads {parameter} as the wrong type.");
        }

        try
        {
            CodeOf(kernel).Run(arguments);
        }
        catch (InvalidOperationException exception)
        {
            throw new InvalidOperationException($"{kernel.Name} ({kernel.Formula}): {exception.Message}", exception);
        }
    }

    private KernelCode CodeOf(Kernel kernel)
    {
        if (!_codes.TryGetValue(kernel, out KernelCode? code))
        {
            code = new KernelCode(kernel, lanes, Run);
            _codes.Add(kernel, code);
        }

        return code;
    }
}
