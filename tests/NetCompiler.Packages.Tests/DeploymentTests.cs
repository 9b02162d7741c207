using System.Runtime.InteropServices;
using Xunit;

namespace NetCompiler.Tests.Packages;

/// <summary>
/// The sample of deployment, published in its ways with all of the packages: nobody warns of them, and each computes the bits that the same vectors give just in time.
/// Trimmed and ahead of time, which find what the others would; all ways with NETCOMPILER_LONG=1, since each takes a minute.
/// </summary>
[Collection(PackageFeed.Collection)]
public sealed class DeploymentTests(DeployedSample sample) : IClassFixture<DeployedSample>
{
    public static TheoryData<string> Ways => Environment.GetEnvironmentVariable("NETCOMPILER_LONG") == "1"
        ? ["Trimmed", "ReadyToRun", .. PublishingPacks.MissingLinker is null ? (string[])["NativeForEveryMachine"] : []]
        : ["Trimmed"];

    [Theory]
    [MemberData(nameof(Ways))]
    public void PublishedSample_IsAsItsWaySaysAndComputesTheBitsOfTheJit(string way) => sample.AssertBitsOfTheJit(way switch
    {
        "Trimmed" => Trimmed(),
        "ReadyToRun" => ReadyToRun(),
        _ => NativeForEveryMachine(),
    });

    [LinkerFact]
    public void Native_IsFreeOfWarningsAndComputesTheBitsOfTheJit()
    {
        Assert.Empty(sample.Publish("Native"));
        string native = sample.Run("native");
        Assert.Contains("compiled ahead of time", native, StringComparison.Ordinal);
        sample.AssertBitsOfTheJit(native);
    }

    private string Trimmed()
    {
        Assert.Empty(sample.Publish("Trimmed"));
        foreach (string assembly in new[] { "Deployment", "NetCompiler", "NetCompiler.Training", "System.Private.CoreLib" })
        {
            Assert.True(sample.HasMachineCode("trimmed", assembly), assembly);
        }

        string trimmed = sample.Run("trimmed");
        Assert.Contains("compiled just in time", trimmed, StringComparison.Ordinal);
        Assert.Contains("the runtime among them", trimmed, StringComparison.Ordinal);
        return trimmed;
    }

    private string ReadyToRun()
    {
        Assert.Empty(sample.Publish("ReadyToRun"));
        foreach (string assembly in new[] { "Deployment", "NetCompiler", "NetCompiler.Training" })
        {
            Assert.True(sample.HasMachineCode("readytorun", assembly), assembly);
        }

        string ready = sample.Run("readytorun");
        Assert.Contains("compiled just in time", ready, StringComparison.Ordinal);
        Assert.Contains("beside an installed runtime", ready, StringComparison.Ordinal);
        return ready;
    }

    private string NativeForEveryMachine()
    {
        string[] warnings = sample.Publish("Native", "-p:IlcInstructionSet=");
        if (RuntimeInformation.ProcessArchitecture == Architecture.X64)
        {
            Assert.Contains("warning NC0903: Deployment is published ahead of time for machines without AVX2", Assert.Single(warnings), StringComparison.Ordinal);
        }
        else
        {
            Assert.Empty(warnings);
        }

        string native = sample.Run("native");
        Assert.Contains("compiled ahead of time, vectors of 128 bits", native, StringComparison.Ordinal);
        return native;
    }
}
