using NetCompiler.Generators.Ops;
using NetCompiler.Generators.Schedule.Nests;

namespace NetCompiler.Generators.Targets.CSharp;

/// <summary>Vector expressions as C#, at one width. One row of text per scalar primitive.</summary>
internal sealed class VectorText(int lanes)
{
    /// <summary>The class of static methods: Vector512.</summary>
    public string Class { get; } = $"Vector{lanes * 32}";

    /// <summary>The type of a vector.</summary>
    public string Type => Class + "<float>";

    private int Bits => lanes * 32;

    public static string Reference(Address address)
    {
        string index = address.Index is null ? "" : address.Stride == 1 ? address.Index : $"({address.Index} * {NumberText.Integer(address.Stride)})";
        string offset = address.Offset == 0 && index.Length > 0 ? index
            : index.Length > 0 ? $"{index} + {NumberText.Integer(address.Offset)}" : NumberText.Integer(address.Offset);
        return offset == "0" ? address.Reference : $"Unsafe.Add(ref {address.Reference}, {offset})";
    }

    public string Of(VectorExpression expression) => expression switch
    {
        Name name => name.Text,
        Number number => Constant(number.Value),
        Ramp { Start: 0 } => Indices(),
        Ramp ramp => $"({Indices()} + {Constant(ramp.Start)})",
        CountedRamp ramp => $"({Indices()} + {Class}.Create((float)({ramp.Counter} * {NumberText.Integer(lanes)})))",
        Load load => LoadText(load),
        Widen { IsHigh: true } widen => $"({Of(widen.Pairs)}.AsUInt32() & {Class}.Create(0xFFFF0000u)).AsSingle()",
        Widen widen => $"({Of(widen.Pairs)}.AsUInt32() << 16).AsSingle()",
        Spread { IsInteger: true } spread => $"{Class}.Create((float){Reference(spread.Address)})",
        Spread spread => $"{Class}.Create({Reference(spread.Address)})",
        SpreadParameter parameter => $"{Class}.Create({parameter.Parameter})",
        MultiplyAdd product => Fused(Of(product.Left), Of(product.Right), Of(product.Addend)),

        // The native maximum gives its right operand when either is NaN, so that one on the left must be kept.
        Larger larger => $"{Class}.ConditionalSelect({Class}.Equals({larger.Left}, {larger.Left}), {Class}.MaxNative({larger.Left}, {larger.Right}), {larger.Left})",
        Across across => $"{Class}.Create(global::NetCompiler.VectorMath.{(across.IsMaximum ? "Max" : "Sum")}({Of(across.Operand)}))",
        Keep { MinusInfinity: true } keep => $"{Class}.ConditionalSelect({Mask(keep.Lanes)}, {Of(keep.Operand)}, {Constant(double.NegativeInfinity)})",
        Keep keep => $"({Of(keep.Operand)} & {Mask(keep.Lanes)})",
        Apply apply => Formula(apply.Formula, [.. apply.Operands.Select(Of)]),
        _ => throw new InvalidOperationException($"{expression.GetType().Name} has no text."),
    };

    public string Store(Store store)
    {
        string value = Of(store.Value);
        return store.Lanes.IsConstant && store.Lanes.Constant == lanes
            ? $"{value}.StoreUnsafe(ref {Reference(store.Address)});"
            : $"global::NetCompiler.VectorMath.Store{Part(store.Lanes)}({value}, ref {Reference(store.Address)}, {store.Lanes});";
    }

    private string Constant(double value) => value == 0 && !IsNegativeZero(value) ? $"{Type}.Zero" : value == 1 ? $"{Type}.One" : $"{Class}.Create({Literal(value)})";

    private static bool IsNegativeZero(double value) => BitConverter.DoubleToInt64Bits(value) < 0;

    private static string Literal(double value) => double.IsNegativeInfinity(value) ? "float.NegativeInfinity"
        : double.IsPositiveInfinity(value) ? "float.PositiveInfinity" : NumberText.Single(value);

    // A constant part is a few loads in place; one of the batch is a call, which costs nothing to compile until some batch has a rest.
    private static string Part(Extent lanes) => lanes.IsConstant ? "Partial" : "Rest";

    private string Indices() => $"{Type}.Indices";

    private string Mask(Extent count) => $"global::NetCompiler.VectorMath.LaneMask{Bits}({count})";

    private string LoadText(Load load)
    {
        bool isWhole = load.Lanes.IsConstant && load.Lanes.Constant == lanes;
        if (load.IsInteger)
        {
            return isWhole
                ? $"{Class}.ConvertToSingle({Class}.LoadUnsafe(ref {Reference(load.Address)}))"
                : $"{Class}.ConvertToSingle(global::NetCompiler.VectorMath.Load{Part(load.Lanes)}{Bits}(ref Unsafe.As<int, float>(ref {Reference(load.Address)}), {load.Lanes}).AsInt32())";
        }

        return isWhole ? $"{Class}.LoadUnsafe(ref {Reference(load.Address)})" : $"global::NetCompiler.VectorMath.Load{Part(load.Lanes)}{Bits}(ref {Reference(load.Address)}, {load.Lanes})";
    }

    // Fused where it is one instruction. FusedMultiplyAdd would be software elsewhere, also at widths that are accelerated: AVX2 does not bring FMA along.
    private string Fused(string a, string b, string c) => $"{Class}.MultiplyAddEstimate({a}, {b}, {c})";

    private string Formula(ScalarExpression f, IReadOnlyList<string> arguments)
    {
        string X(int index) => Formula(f.Operands[index], arguments);
        string Call(string function, params int[] operands) => $"{Class}.{function}({string.Join(", ", operands.Select(X))})";
        string Own(string function) => $"global::NetCompiler.VectorMath.{function}({string.Join(", ", f.Operands.Select(operand => Formula(operand, arguments)))})";
        return f.Operation switch
        {
            ScalarOperation.Argument => arguments[f.Index],
            ScalarOperation.Constant => Constant(f.Number),
            ScalarOperation.Add when f.Operands[0].Operation == ScalarOperation.Multiply => Fused(Formula(f.Operands[0].Operands[0], arguments), Formula(f.Operands[0].Operands[1], arguments), X(1)),
            ScalarOperation.Add when f.Operands[1].Operation == ScalarOperation.Multiply => Fused(Formula(f.Operands[1].Operands[0], arguments), Formula(f.Operands[1].Operands[1], arguments), X(0)),
            ScalarOperation.Add => $"({X(0)} + {X(1)})",
            ScalarOperation.Subtract => $"({X(0)} - {X(1)})",
            ScalarOperation.Multiply => $"({X(0)} * {X(1)})",
            ScalarOperation.Divide => $"({X(0)} / {X(1)})",
            ScalarOperation.Negate => $"(-{X(0)})",
            ScalarOperation.Abs => Call("Abs", 0),

            // The native forms give their second operand when either is NaN, so a number goes first.
            ScalarOperation.Min => f.Operands[0].IsConstant ? Call("MinNative", 0, 1) : f.Operands[1].IsConstant ? Call("MinNative", 1, 0) : Call("Min", 0, 1),
            ScalarOperation.Max => f.Operands[0].IsConstant ? Call("MaxNative", 0, 1) : f.Operands[1].IsConstant ? Call("MaxNative", 1, 0) : Call("Max", 0, 1),
            ScalarOperation.Sqrt => Call("Sqrt", 0),
            ScalarOperation.Floor => Call("Floor", 0),
            ScalarOperation.Exp => Own("Exp"),
            ScalarOperation.Log => Own("Log"),
            ScalarOperation.Log1P => Own("Log1P"),
            ScalarOperation.ExpM1 => Own("ExpM1"),
            ScalarOperation.Tanh => Own("Tanh"),
            ScalarOperation.Sigmoid => Own("Sigmoid"),
            ScalarOperation.Softplus => Own("Softplus"),
            ScalarOperation.Erf => Own("Erf"),
            ScalarOperation.Sin => Own("Sin"),
            ScalarOperation.Cos => Own("Cos"),
            ScalarOperation.Pow => Own("Pow"),
            ScalarOperation.Sign => Own("Sign"),
            ScalarOperation.Less => Call("LessThan", 0, 1),
            ScalarOperation.LessOrEqual => Call("LessThanOrEqual", 0, 1),
            ScalarOperation.Equal => Call("Equals", 0, 1),
            ScalarOperation.And => $"({X(0)} & {X(1)})",
            ScalarOperation.Or => $"({X(0)} | {X(1)})",
            ScalarOperation.Not => $"(~{X(0)})",
            ScalarOperation.Select => Call("ConditionalSelect", 0, 1, 2),
            _ => throw new InvalidOperationException($"{f.Operation} has no text."),
        };
    }
}
