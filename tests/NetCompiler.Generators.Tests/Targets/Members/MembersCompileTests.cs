using System.Globalization;
using NetCompiler.Generators.Schedule;
using NetCompiler.Generators.Targets.CSharp.Members;

namespace NetCompiler.Generators.Tests.Targets.Members;

/// <summary>The emitted text compiles without a warning in every form of network, and is the same bytes everywhere.</summary>
public class MembersCompileTests
{
    [Fact]
    public void OneInputAndOutput_CompilesWithoutWarning() => MembersCompilation.AssertClean(MembersCompilation.Compile(MembersPlans.Classifier()));

    [Fact]
    public void SeveralInputsAndOutputs_CompileWithoutWarning() => MembersCompilation.AssertClean(MembersCompilation.Compile(MembersPlans.Reviews()));

    [Fact]
    public void NetworkWithoutLoss_CompilesWithoutWarning() => MembersCompilation.AssertClean(MembersCompilation.Compile(MembersPlans.Lossless()));

    [Fact]
    public void NetworkOfTokens_CompilesWithoutWarning() => MembersCompilation.AssertClean(MembersCompilation.Compile(MembersPlans.Tokens()));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void FaultyNetwork_KeepsItsMembers(bool several)
    {
        NetworkPlan plan = several ? MembersPlans.Reviews() : MembersPlans.Classifier();
        MembersCompilation.AssertClean(MembersCompilation.Compile(plan with { Spec = plan.Spec with { IsFaulty = true } }));
    }

    [Fact]
    public void FaultyNetworkWithoutShapes_KeepsItsMembers()
    {
        NetworkPlan plan = MembersPlans.Classifier(spec => spec with { IsFaulty = true });
        MembersCompilation.AssertClean(MembersCompilation.Compile(plan with { Shapes = plan.Shapes.Take(1).ToArray(), Weights = [] }));
    }

    [Fact]
    public void Text_IsTheSameInEveryCulture()
    {
        string expected = MembersWriter.Write(MembersPlans.Reviews());
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            culture.NumberFormat.NumberDecimalSeparator = ",";
            culture.NumberFormat.NegativeSign = "minus";
            CultureInfo.CurrentCulture = culture;
            Assert.Equal(expected, MembersWriter.Write(MembersPlans.Reviews()));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
