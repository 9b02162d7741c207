using System.Reflection;
using Xunit;

namespace NetCompiler.Tests.Runtime;

/// <summary>The attributes beside the enumerations of the same names. The class is not partial and no network: only attributes are read here.</summary>
public class AttributeTests
{
    [Fact]
    public void AttributesAndEnumerationsOfOneName_StandSideBySide()
    {
        Assert.Equal(Activation.Relu, typeof(Declared).GetCustomAttribute<ActivationAttribute>()!.Activation);
        Assert.Equal([Loss.MeanSquaredError, Loss.Huber], typeof(Declared).GetCustomAttributes<LossAttribute>().Select(loss => loss.Kind));
        Assert.Equal(2, typeof(Declared).GetCustomAttributes<DenseAttribute>().Count());
    }

    [Fact]
    public void Defaults_AreThoseOfTheContract()
    {
        DenseAttribute dense = new(4);
        Assert.Equal((Activation.Linear, true, Initializer.GlorotUniform, Initializer.Zeros), (dense.Activation, dense.UseBias, dense.KernelInitializer, dense.BiasInitializer));
        Assert.All([dense.ActivationAlpha, dense.KernelScale, dense.BiasScale], value => Assert.True(double.IsNaN(value)));
        LossAttribute loss = new(Loss.Huber);
        Assert.Equal((1.0, false, 0.0, 1.0), (loss.Weight, loss.FromLogits, loss.LabelSmoothing, loss.Delta));
        Assert.Equal((WeightFormat.Float32, 32), (new NetworkAttribute().Weights, new NetworkAttribute().MaxVariants));
        Assert.Equal(-1, new TokensAttribute(3).Padding);
    }

#pragma warning disable NC0009 // these layers are declared to be read by reflection, not to be compiled
    [Normalization]
    [Flatten(Name = "flat")]
    [Dense(4, Activation = Activation.Tanh, KernelL2 = 0.01, FormerNames = ["first"])]
    [Activation(Activation.Relu)]
    [Dropout(0.2)]
    [Reshape(2, -1)]
    [Dense(1, UseBias = false, KernelInitializer = Initializer.HeNormal)]
    [Loss(Loss.MeanSquaredError)]
    [Loss(Loss.Huber, Delta = 2, Weight = 0.5)]
    private sealed class Declared;
#pragma warning restore NC0009
}
