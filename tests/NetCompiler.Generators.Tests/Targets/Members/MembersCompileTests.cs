using System.Globalization;
using Microsoft.CodeAnalysis;
using NetCompiler.Generators.Schedule;
using NetCompiler.Generators.Targets.CSharp.Members;
using TakenNames = NetCompiler.Generators.Declaration.MemberNames;

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
    [MemberData(nameof(Plans))]
    public void EveryGeneratedName_IsTakenOrAvoided(string name)
    {
        NetworkPlan plan = PlanOf(name);
        INamedTypeSymbol network = MembersCompilation.Compile(plan).GetSymbolsWithName(plan.Spec.Name, SymbolFilter.Type).OfType<INamedTypeSymbol>().Single();
        Assert.All(NamesOf(network.GetTypeMembers("Training").Single()).Except(plan.Settings.Select(setting => MemberNames.Pascal(setting.Name))),
            member => Assert.True(TakenNames.IsTakenInTraining(member) || member[0] == '_' || IsOfASpan(plan, member), member)); // a setting begins with a capital letter
        foreach (string member in NamesOf(network).Except([.. TakenNames.Generated, "Adapt"]).Where(member => !IsOfASpan(plan, member)))
        {
            MembersCompilation.AssertClean(MembersCompilation.Compile(plan with { Spec = plan.Spec with { UserMembers = [member] } }));
        }

        static IEnumerable<string> NamesOf(INamedTypeSymbol type) => type.GetMembers().Where(member => !member.IsImplicitlyDeclared && member.CanBeReferencedByName).Select(member => member.Name).Distinct();

        // Named after the user's own inputs and outputs, and told apart where these are declared.
        static bool IsOfASpan(NetworkPlan plan, string member) =>
            new MemberNames(plan) is var names
            && names.Inputs.Concat(names.Outputs).Any(span => member == span.Member + "Length" || member == "Classify" + span.Member || member == span.Member + "Outputs" || member == span.Member + "Gradients");
    }

    public static TheoryData<string> Plans => ["classifier", "reviews", "tokens", "lossless"];

    private static NetworkPlan PlanOf(string name) => name switch
    {
        "classifier" => MembersPlans.Classifier(),
        "reviews" => MembersPlans.Reviews(),
        "tokens" => MembersPlans.Tokens(),
        _ => MembersPlans.Lossless(),
    };

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
