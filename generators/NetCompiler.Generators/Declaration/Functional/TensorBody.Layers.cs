using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Graph.Layers;

namespace NetCompiler.Generators.Declaration.Functional;

/// <content>Calls and operators of tensors, which are layers.</content>
internal sealed partial class TensorBody
{
    private static readonly Regex Whitespace = new(@"\s+", RegexOptions.CultureInvariant);

    private readonly Dictionary<IMethodSymbol, FunctionSpec> _functions = new(SymbolEqualityComparer.Default);

    /// <summary>An elementwise operation without options; numbers among the operands become constants.</summary>
    private Evaluated? AddOperation(string kind, IReadOnlyList<Evaluated> operands, IOperation at)
    {
        LayerRule rule = LayerRule.Find(kind)!;
        return Operands(operands, at) is { } tensors ? Add(rule, tensors, new LayerCall(at, [.. rule.Options])) : null;
    }

    /// <summary>A method of Tensor: the rule of its name, its tensors as operands, its other parameters as options.</summary>
    private Evaluated? CallLayer(string name, IInvocationOperation call, Scope scope)
    {
        string kind = name is "Softmax" or "LogSoftmax" ? "Activation" : name;
        if (dialect.Find(kind) is not { } rule)
        {
            return Unsupported(call);
        }

        var layer = new LayerCall(call, [.. rule.Options]);
        var operands = new List<Evaluated>();
        if (call.Instance is { } instance)
        {
            if (Evaluate(instance, scope) is not { } self)
            {
                return null;
            }

            operands.Add(self);
        }

        if (kind != name)
        {
            layer.Options[0] = layer.Options[0] with { Text = "Activation." + name };
        }

        foreach (IArgumentOperation argument in call.Arguments.Where(argument => argument.ArgumentKind != ArgumentKind.DefaultValue))
        {
            if (argument.Parameter is not { } parameter || !ReadArgument(layer, argument, parameter, operands, scope))
            {
                return Silent();
            }
        }

        if (rule.Kind is "Subtract" or "Dot" ? operands.Count != 2 : operands.Count == 0 && rule.Kind != "Parameter")
        {
            return Fail("NC0603", layer.Place.Of("inputs", reading.CancellationToken), rule.Kind, NumberText.Integer(operands.Count), rule.Kind is "Subtract" or "Dot" ? "two" : "at least one");
        }

        return Operands(operands, call) is { } tensors ? Add(rule, tensors, layer) : null;
    }

    private bool ReadArgument(LayerCall layer, IArgumentOperation argument, IParameterSymbol parameter, List<Evaluated> operands, Scope scope)
    {
        if (Evaluate(argument.Value, scope) is not { } value)
        {
            return false;
        }

        ITypeSymbol type = parameter.Type;
        if (LossMethodReader.IsTensor(type))
        {
            operands.Add(value);
            return true;
        }

        if (value is BlockValue block)
        {
            return ReadFunction(layer, block, argument);
        }

        if (value is ListValue list && TypeOfItems(type) is { } item && LossMethodReader.IsTensor(item))
        {
            if (layer.Kind == "Concat" && list.Items.FirstOrDefault(element => element is KnownValue { Number: not null }) is KnownValue number)
            {
                Fail("NC0604", PlaceOfNumber(argument), KnownArithmetic.Text(number));
                return false;
            }

            operands.AddRange(list.Items);
            return true;
        }

        switch (parameter.Name)
        {
            case "name" when value is KnownValue { Content: string or null } known:
                layer.Name = known.Content as string;
                return true;
            case "formerNames" when value is ListValue { Items: var items } && items.All(element => element is KnownValue { Content: string }):
                layer.FormerNames = items.Select(element => (string)((KnownValue)element).Content!).ToArray();
                return true;
            case "formerNames" when value is KnownValue { Content: null }:
                return true;
        }

        int option = Array.FindIndex(layer.Options, candidate => string.Equals(candidate.Name, parameter.Name, StringComparison.OrdinalIgnoreCase));
        if (option < 0 || OptionOf(layer.Options[option], value, argument) is not { } read)
        {
            Unsupported(argument.Value);
            return false;
        }

        layer.Options[option] = read;
        return true;
    }

    private OptionSpec? OptionOf(OptionSpec option, Evaluated value, IArgumentOperation argument)
    {
        switch (option.Type, value)
        {
            case (OptionType.Integer, KnownValue { Integer: { } number }):
                return option with { Number = number };
            case (OptionType.Real, KnownValue { Number: { } number }):
                if (!double.IsNaN(number) && !double.IsInfinity(number))
                {
                    return option with { Number = number };
                }

                Fail("NC0205", argument.Syntax.GetLocation(), option.Name, double.IsNaN(number) ? "NaN" : "infinite");
                return null;
            case (OptionType.Boolean, KnownValue { Truth: { } truth }):
                return option with { Number = truth ? 1 : 0 };
            case (OptionType.Text, KnownValue { Content: string or null } text):
                return option with { Text = text.Content as string ?? "" };
            case (OptionType.Enumeration, KnownValue { Content: EnumerationMember member }):
                return option with { Text = $"{member.Type}.{member.Name}" };
            case (OptionType.IntegerList, KnownValue { Integer: { } number }):
                return option with { Integers = new[] { number } };
            case (OptionType.IntegerList, ListValue { Items: var items }) when items.All(item => item is KnownValue { Integer: not null }):
                return option with { Integers = items.Select(item => ((KnownValue)item).Integer!.Value).ToArray() };
            default:
                return null;
        }
    }

    /// <summary>The scalar function of Map.</summary>
    private bool ReadFunction(LayerCall layer, BlockValue block, IArgumentOperation argument)
    {
        if (!FunctionReader.IsFunction(block.Method, 1) || block.Method.MethodKind != MethodKind.Ordinary)
        {
            Unsupported(argument.Value, "static methods of one float, as 'static float Swish(float x)'");
            return false;
        }

        if (!_functions.TryGetValue(block.Method, out FunctionSpec? function))
        {
            function = FunctionReader.Read(reading, block.Method);
            if (function is null)
            {
                Silent();
                return false;
            }

            _functions[block.Method] = function;
        }

        layer.Function = function;
        return true;
    }

    /// <summary>The operands as tensors: a number becomes a constant.</summary>
    private TensorValue[]? Operands(IReadOnlyList<Evaluated> operands, IOperation at)
    {
        var tensors = new TensorValue[operands.Count];
        for (int i = 0; i < tensors.Length; i++)
        {
            switch (operands[i])
            {
                case TensorValue tensor:
                    tensors[i] = tensor;
                    break;
                case KnownValue { Number: { } number }:
                    LayerRule constant = LayerRule.Find("Constant")!;
                    OptionSpec value = constant.Options[0] with { Number = number };
                    if (Add(constant, [], new LayerCall(at, [value]) { Source = number.ToString("R", CultureInfo.InvariantCulture) }) is not TensorValue added)
                    {
                        return null;
                    }

                    tensors[i] = added;
                    break;
                default:
                    Unsupported(at);
                    return null;
            }
        }

        return tensors;
    }

    private Evaluated? Add(LayerRule rule, TensorValue[] operands, LayerCall call)
        => !CheckAxis(operands, call) ? null
            : operands.Any(operand => operand.IsPerStep) ? AddToSteps(rule, operands, call)
            : AddLayer(rule, operands, call);

    private Evaluated? AddLayer(LayerRule rule, TensorValue[] operands, LayerCall call)
    {
        if (!Step(call.Expression) || NextShared(rule) is not { } shared)
        {
            return null;
        }

        string name = shared >= 0 ? layers.Layers[shared].Name
            : rule.Kind == "Parameter" ? names.NextParameter(rule, call.Name, call.Place, _prefix)
            : names.Next(rule, call.Name, call.Place, _prefix);
        var layer = new LayerSpec(rule.Kind, name, operands.Select(operand => operand.Index).ToArray(), call.Options, call.Source ?? TextOf(call.Expression))
        {
            FormerNames = call.FormerNames,
            Function = call.Function,
            SharedWith = shared,
        };
        LayerChecks.CheckNumbers(reading, call.Place, layer);
        layer = call.Function is null ? LayerReader.ReadFunction(reading, call.Place, layer) : layer;
        int value = layers.Add(rule, layer, call.Place, isKnown: true);
        NoteShared(rule, layers.Layers.Count - 1);
        return _hasFailed ? null : new TensorValue(value);
    }

    /// <summary>An axis that does not exist, and one that exists only where the batch is counted.</summary>
    private bool CheckAxis(TensorValue[] operands, LayerCall call)
    {
        OptionSpec? axis = call.Options.FirstOrDefault(option => option.Name == "Axis");
        if (axis is null || operands.Length == 0 || ShapeOf(operands[0]) is not { } shape)
        {
            return true;
        }

        foreach (int index in axis.Type == OptionType.IntegerList ? axis.Integers : [(int)axis.Number])
        {
            if (index >= shape.Rank || index < -shape.Rank)
            {
                ReportAxis(index, shape, layers.OriginOf(operands[0].Index), call.Place.Of("Axis", reading.CancellationToken));
                return false;
            }
        }

        return true;
    }

    private Evaluated? ReportAxis(int axis, Shape shape, string origin, Location place)
    {
        (string rule, string[] arguments) = AxisMistake.Of(axis, shape, origin);
        return Fail(rule, place, arguments);
    }

    private static ITypeSymbol? TypeOfItems(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => array.ElementType,
        INamedTypeSymbol { Arity: 1, Name: "ReadOnlySpan" or "Span" } span => span.TypeArguments[0],
        _ => null,
    };

    // The number as written among the inputs, or all of them where it comes from elsewhere.
    private static Location PlaceOfNumber(IArgumentOperation argument)
    {
        IOperation? number = argument.Value.DescendantsAndSelf().OfType<ICollectionExpressionOperation>().FirstOrDefault()?.Elements
            .FirstOrDefault(element => Unconverted(element).ConstantValue is { HasValue: true, Value: not null });
        return (number ?? argument).Syntax.GetLocation();
    }

    private static IOperation Unconverted(IOperation value) => value is IConversionOperation conversion ? Unconverted(conversion.Operand) : value;

    /// <summary>The expression on one line; the middle of a long one is left out, since each layer quotes all that it is made of.</summary>
    private static string TextOf(IOperation at)
    {
        const int Most = 200, Kept = 97;
        string text = at.Syntax.ToString();
        text = Whitespace.Replace(text.Length > 20 * Most ? text.Substring(0, Most) + text.Substring(text.Length - Most) : text, " ");
        return text.Length > Most ? text.Substring(0, Kept) + " ... " + text.Substring(text.Length - Kept) : text;
    }

    /// <summary>What a call or an operator says of its layer.</summary>
    private sealed class LayerCall(IOperation expression, OptionSpec[] options)
    {
        public IOperation Expression => expression;

        public DeclaredPlace Place { get; } = new ExpressionPlace(expression);

        public string Kind { get; } = expression is IInvocationOperation call ? call.TargetMethod.Name : "";

        public OptionSpec[] Options => options;

        public string? Name { get; set; }

        public EquatableArray<string> FormerNames { get; set; }

        public FunctionSpec? Function { get; set; }

        /// <summary>What is quoted instead of the expression.</summary>
        public string? Source { get; init; }

        /// <summary>A layer of ours on behalf of the same expression.</summary>
        public LayerCall For(params OptionSpec[] own) => new(expression, own);
    }
}
