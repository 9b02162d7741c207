using NetCompiler.Generators.Ops;

namespace NetCompiler.Generators.Schedule.Nests;

/// <summary>A vector value.</summary>
internal abstract record VectorExpression;

/// <summary>A declared vector.</summary>
internal sealed record Name(string Text) : VectorExpression;

/// <summary>All lanes equal to a number.</summary>
internal sealed record Number(double Value) : VectorExpression;

/// <summary>0, 1, 2, ... plus a start.</summary>
internal sealed record Ramp(int Start) : VectorExpression;

/// <summary>0, 1, 2, ... plus a loop counter times the lanes.</summary>
internal sealed record CountedRamp(string Counter) : VectorExpression;

/// <summary>The first lanes from consecutive elements, the others zero; integers become floats.</summary>
internal sealed record Load(Address Address, Extent Lanes, bool IsInteger = false) : VectorExpression;

/// <summary>The bfloat16 in the lower half of each 32-bit lane, shifted up, or the one in the upper half: the lane itself as a float, which was rounded for that.</summary>
internal sealed record Widen(VectorExpression Pairs, bool IsHigh) : VectorExpression;

/// <summary>All lanes from one element; an integer becomes a float.</summary>
internal sealed record Spread(Address Address, bool IsInteger = false) : VectorExpression;

/// <summary>All lanes from a float parameter.</summary>
internal sealed record SpreadParameter(string Parameter) : VectorExpression;

/// <summary>left * right + addend, rounded once where the hardware can.</summary>
internal sealed record MultiplyAdd(VectorExpression Left, VectorExpression Right, VectorExpression Addend) : VectorExpression;

/// <summary>A formula over the lanes of its operands.</summary>
internal sealed record Apply(ScalarExpression Formula, EquatableArray<VectorExpression> Operands) : VectorExpression;

/// <summary>Lane by lane the larger of two named vectors; a NaN in either is the larger.</summary>
internal sealed record Larger(string Left, string Right) : VectorExpression;

/// <summary>All lanes equal to the sum or the maximum of the operand's lanes.</summary>
internal sealed record Across(bool IsMaximum, VectorExpression Operand) : VectorExpression;

/// <summary>The first lanes of the operand; the others are zero, or minus infinity.</summary>
internal sealed record Keep(VectorExpression Operand, Extent Lanes, bool MinusInfinity = false) : VectorExpression;
