namespace NetCompiler.Generators.Declaration;

/// <summary>The values that some output depends on.</summary>
internal static class ReachingValues
{
    public static HashSet<int> Of(NetworkSpec spec)
    {
        var reached = new HashSet<int>();
        var open = new Stack<int>(spec.Outputs.Select(output => output.Value));
        while (open.Count > 0)
        {
            int value = open.Pop();
            if (reached.Add(value) && value >= spec.Inputs.Count)
            {
                foreach (int operand in spec.Layers[value - spec.Inputs.Count].Operands)
                {
                    open.Push(operand);
                }
            }
        }

        return reached;
    }
}
