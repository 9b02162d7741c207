using NetCompiler.Generators.Ops;
using NetCompiler.Generators.Schedule.Nests;

namespace NetCompiler.Generators.Targets.CSharp;

/// <summary>Vector expressions as C#, at one width. One row of text per scalar primitive.</summary>
internal sealed class VectorText(int lanes)
{
    /// <summary>The class of static methods: Vector512.</summary>
    public string Class { get; } = $"Vector{lanes * 32}";

    /// <summary>The type of a vector.</summary>
    public string Type { get; } = $"Vector{lanes * 32}<float>";

    private string Bits { get; } = NumberText.Integer(lanes * 32);

    /// <summary>An expression, to be written.</summary>
    public ExpressionPart Of(VectorExpression expression) => new(this, expression);

    public void Write(SourceWriter source, VectorExpression expression)
    {
        switch (expression)
        {
            case Name name:
                source.Write(name.Text);
                break;
            case Number number:
                source.Write(Constant(number.Value));
                break;
            case Ramp { Start: 0 }:
                source.Write($"{Type}.Indices");
                break;
            case Ramp ramp:
                source.Write($"({Type}.Indices + {Constant(ramp.Start)})");
                break;
            case CountedRamp ramp:
                source.Write($"({Type}.Indices + {Class}.Create((float)({ramp.Counter} * {lanes})))");
                break;
            case Load load:
                WriteLoad(source, load);
                break;
            case Widen { IsHigh: true } widen:
                source.Write($"{Of(widen.Pairs)}");
                break;
            case Widen widen:
                source.Write($"({Of(widen.Pairs)}.AsUInt32() << 16).AsSingle()");
                break;
            case Spread spread:
                source.Write($"{Class}.Create({(spread.IsInteger ? "(float)" : "")}{new AddressPart(spread.Address)})");
                break;
            case SpreadParameter parameter:
                source.Write($"{Class}.Create({parameter.Parameter})");
                break;
            case MultiplyAdd product:
                source.Write($"{Fused}({Of(product.Left)}, {Of(product.Right)}, {Of(product.Addend)})");
                break;
            case Larger larger:
                // The native maximum gives its right operand when either is NaN, so that one on the left must be kept.
                source.Write($"{Class}.ConditionalSelect({Class}.Equals({larger.Left}, {larger.Left}), {Class}.MaxNative({larger.Left}, {larger.Right}), {larger.Left})");
                break;
            case Across across:
                source.Write($"{Class}.Create(global::NetCompiler.VectorMath.{(across.IsMaximum ? "Max" : "Sum")}({Of(across.Operand)}))");
                break;
            case Keep { MinusInfinity: true } keep:
                source.Write($"{Class}.ConditionalSelect({Mask}{Bits}({keep.Lanes.ToString()}), {Of(keep.Operand)}, {Constant(double.NegativeInfinity)})");
                break;
            case Keep keep:
                source.Write($"({Of(keep.Operand)} & {Mask}{Bits}({keep.Lanes.ToString()}))");
                break;
            case Apply apply:
                WriteFormula(source, apply.Formula, apply.Operands);
                break;
            default:
                throw new InvalidOperationException($"{expression.GetType().Name} has no text.");
        }
    }

    public void WriteStore(SourceWriter source, Store store)
    {
        var address = new AddressPart(store.Address);
        if (store.Lanes.IsConstant && store.Lanes.Constant == lanes)
        {
            source.WriteLine($"{Of(store.Value)}.StoreUnsafe(ref {address});");
        }
        else
        {
            source.WriteLine($"global::NetCompiler.VectorMath.Store{Part(store.Lanes)}({Of(store.Value)}, ref {address}, {store.Lanes.ToString()});");
        }
    }

    private const string Mask = "global::NetCompiler.VectorMath.LaneMask";

    // Fused where it is one instruction. FusedMultiplyAdd would be software elsewhere, also at widths that are accelerated: AVX2 does not bring FMA along.
    private string Fused { get; } = $"Vector{lanes * 32}.MultiplyAddEstimate";

    private string Constant(double value) => value == 0 && !IsNegativeZero(value) ? $"{Type}.Zero" : value == 1 ? $"{Type}.One" : $"{Class}.Create({Literal(value)})";

    private static bool IsNegativeZero(double value) => BitConverter.DoubleToInt64Bits(value) < 0;

    private static string Literal(double value) => double.IsNegativeInfinity(value) ? "float.NegativeInfinity"
        : double.IsPositiveInfinity(value) ? "float.PositiveInfinity" : NumberText.Single(value);

    // A constant part is a few loads in place; one of the batch is a call, which costs nothing to compile until some batch has a rest.
    private static string Part(Extent lanes) => lanes.IsConstant ? "Partial" : "Rest";

    private void WriteLoad(SourceWriter source, Load load)
    {
        bool isWhole = load.Lanes.IsConstant && load.Lanes.Constant == lanes;
        var address = new AddressPart(load.Address);
        if (load.IsInteger)
        {
            if (isWhole)
            {
                source.Write($"{Class}.ConvertToSingle({Class}.LoadUnsafe(ref {address}))");
            }
            else
            {
                source.Write($"{Class}.ConvertToSingle(global::NetCompiler.VectorMath.Load{Part(load.Lanes)}{Bits}(ref Unsafe.As<int, float>(ref {address}), {load.Lanes.ToString()}).AsInt32())");
            }
        }
        else if (isWhole)
        {
            source.Write($"{Class}.LoadUnsafe(ref {address})");
        }
        else
        {
            source.Write($"global::NetCompiler.VectorMath.Load{Part(load.Lanes)}{Bits}(ref {address}, {load.Lanes.ToString()})");
        }
    }

    private void WriteFormula(SourceWriter source, ScalarExpression f, EquatableArray<VectorExpression> arguments)
    {
        FormulaPart Operand(ScalarExpression operand) => new(this, operand, arguments);
        FormulaPart X(int index) => Operand(f.Operands[index]);
        void Infix(string symbol) => source.Write($"({X(0)} {symbol} {X(1)})");
        void Call(string function, params int[] operands)
        {
            source.Write($"{function}({X(operands[0])}");
            foreach (int operand in operands.Skip(1))
            {
                source.Write($", {X(operand)}");
            }

            source.Write(")");
        }

        void OfVectors(string function, params int[] operands) => Call($"{Class}.{function}", operands);
        void Own(string function) => Call("global::NetCompiler.VectorMath." + function, [.. Enumerable.Range(0, f.Operands.Count)]);
        switch (f.Operation)
        {
            case ScalarOperation.Argument:
                Write(source, arguments[f.Index]);
                break;
            case ScalarOperation.Constant:
                source.Write(Constant(f.Number));
                break;
            case ScalarOperation.Add when f.Operands[0].Operation == ScalarOperation.Multiply:
                source.Write($"{Fused}({Operand(f.Operands[0].Operands[0])}, {Operand(f.Operands[0].Operands[1])}, {X(1)})");
                break;
            case ScalarOperation.Add when f.Operands[1].Operation == ScalarOperation.Multiply:
                source.Write($"{Fused}({Operand(f.Operands[1].Operands[0])}, {Operand(f.Operands[1].Operands[1])}, {X(0)})");
                break;
            case ScalarOperation.Add:
                Infix("+");
                break;
            case ScalarOperation.Subtract:
                Infix("-");
                break;
            case ScalarOperation.Multiply:
                Infix("*");
                break;
            case ScalarOperation.Divide:
                Infix("/");
                break;
            case ScalarOperation.Negate:
                source.Write($"(-{X(0)})");
                break;
            case ScalarOperation.Abs or ScalarOperation.Sqrt or ScalarOperation.Floor:
                OfVectors(f.Operation.ToString(), 0);
                break;

            // The native forms give their second operand when either is NaN, so a number goes first.
            case ScalarOperation.Min or ScalarOperation.Max when f.Operands[0].IsConstant:
                OfVectors(f.Operation + "Native", 0, 1);
                break;
            case ScalarOperation.Min or ScalarOperation.Max when f.Operands[1].IsConstant:
                OfVectors(f.Operation + "Native", 1, 0);
                break;
            case ScalarOperation.Min or ScalarOperation.Max:
                OfVectors(f.Operation.ToString(), 0, 1);
                break;
            case ScalarOperation.Exp or ScalarOperation.Log or ScalarOperation.Log1P or ScalarOperation.ExpM1 or ScalarOperation.Tanh or ScalarOperation.Sigmoid or ScalarOperation.Softplus
                or ScalarOperation.Erf or ScalarOperation.Sin or ScalarOperation.Cos or ScalarOperation.Pow or ScalarOperation.Sign:
                Own(f.Operation.ToString());
                break;
            case ScalarOperation.Less:
                OfVectors("LessThan", 0, 1);
                break;
            case ScalarOperation.LessOrEqual:
                OfVectors("LessThanOrEqual", 0, 1);
                break;
            case ScalarOperation.Equal:
                OfVectors("Equals", 0, 1);
                break;
            case ScalarOperation.And:
                Infix("&");
                break;
            case ScalarOperation.Or:
                Infix("|");
                break;
            case ScalarOperation.Not:
                source.Write($"(~{X(0)})");
                break;
            case ScalarOperation.Select:
                OfVectors("ConditionalSelect", 0, 1, 2);
                break;
            default:
                throw new InvalidOperationException($"{f.Operation} has no text.");
        }
    }

    /// <summary>An expression in the text around it.</summary>
    internal readonly struct ExpressionPart(VectorText text, VectorExpression expression) : ISourcePart
    {
        public void WriteTo(SourceWriter source) => text.Write(source, expression);
    }

    /// <summary>A formula over vectors in the text around it.</summary>
    internal readonly struct FormulaPart(VectorText text, ScalarExpression formula, EquatableArray<VectorExpression> arguments) : ISourcePart
    {
        public void WriteTo(SourceWriter source) => text.WriteFormula(source, formula, arguments);
    }
}
