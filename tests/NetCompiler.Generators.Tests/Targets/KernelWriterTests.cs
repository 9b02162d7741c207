using NetCompiler.Generators.Schedule.Nests;
using NetCompiler.Generators.Targets.CSharp;

namespace NetCompiler.Generators.Tests.Targets;

/// <summary>Kernels of equal code are one method, whether their statements are still there or have become text.</summary>
public class KernelWriterTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void KernelsOfEqualCode_AreOneMethod(bool isForgotten)
    {
        var writer = new KernelWriter(lanes: 16, level: 1);
        Kernel first = Build("First", offset: 16), again = Build("Again", offset: 16), other = Build("Other", offset: 32);
        if (isForgotten)
        {
            writer.WriteAndForget(first);
            writer.WriteAndForget(again);
        }

        Assert.Equal("First", writer.NameOf(first));
        Assert.Equal("First", writer.NameOf(again));
        Assert.Equal("Other", writer.NameOf(other));
        Assert.Equal(2, Count(Text(writer), "private static void "));
    }

    [Fact]
    public void KernelsThatDifferInTheirParametersAlone_AreTwoMethods()
    {
        var writer = new KernelWriter(lanes: 16, level: 1);
        var one = new Kernel("One", "", [new Parameter("x", ParameterType.Floats)], [new Advance("x", 1)]);
        var two = new Kernel("Two", "", [new Parameter("x", ParameterType.Integers)], [new Advance("x", 1)]);
        writer.WriteAndForget(one);
        Assert.Equal("Two", writer.NameOf(two));
    }

    [Fact]
    public void ForgottenKernels_KeepTheMethodsThatTheyCall()
    {
        var writer = new KernelWriter(lanes: 16, level: 1);
        Kernel inner = Build("Inner", offset: 16), equal = Build("Equal", offset: 16);
        Kernel Outer(string name, Kernel called) => new(name, "", [new Parameter("x", ParameterType.Floats)], [new CallKernel(called, [new Argument(new Address("x"), 0)])]);
        Kernel outer = Outer("Outer", inner), twin = Outer("Twin", equal);
        writer.WriteAndForget(outer);
        Assert.Throws<InvalidOperationException>(() => outer.Body);
        Assert.Throws<InvalidOperationException>(() => inner.Body);
        Assert.Equal("Outer", writer.NameOf(twin));
        Assert.Contains("Inner(ref x);", Text(writer), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "0123")]
    [InlineData(3, "34567")]
    [InlineData(39_997, "7")]
    public void HasAt_FindsWhatWasWritten_AcrossParts(int start, string text)
    {
        using var source = new SourceWriter();
        for (int i = 0; i < 4000; i++)
        {
            source.Write("0123456789");
        }

        Assert.True(source.HasAt(start, text));
        Assert.False(source.HasAt(start + 1, text));
        string longest = string.Concat(Enumerable.Repeat("0123456789", 3000));
        Assert.True(source.HasAt(10_000, longest));
        Assert.False(source.HasAt(9_999, longest));
        Assert.False(source.HasAt(10_010, longest), "It would go on behind the end.");
    }

    private static Kernel Build(string name, int offset) => new(name, "y = x", [new Parameter("x", ParameterType.Floats)],
        [new Let("a", new Load(new Address("x", offset), 16)), new Store(new Address("x"), new Name("a"), 16)]);

    private static string Text(KernelWriter writer)
    {
        using var source = new SourceWriter();
        writer.WriteTo(source);
        return source.ToString();
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
