namespace NetCompiler;

/// <summary>A property that is a number of the network's input, or a constructor's parameter of the same name: see <see cref="NumberFeature"/>.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class FeatureAttribute : Attribute
{
    /// <summary>How it is scaled.</summary>
    public Scaling Scaling { get; set; } = Scaling.ZScore;

    /// <summary>What stands for null and NaN.</summary>
    public Imputation Missing { get; set; }

    /// <summary>Whether one more value says 1 where the value was missing.</summary>
    public bool MissingIndicator { get; set; }
}

/// <summary>A property that is a category of the network's input, one-hot: a text, an enumeration, a truth value, a whole number. See <see cref="CategoryFeature"/>.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class CategoryAttribute : Attribute
{
    /// <summary>What becomes of a value that the training data does not have.</summary>
    public UnknownCategory Unknown { get; set; }

    /// <summary>What stands for null: <see cref="Imputation.MostFrequent"/>, or nothing.</summary>
    public Imputation Missing { get; set; }

    /// <summary>Whether one more value says 1 where the value was missing.</summary>
    public bool MissingIndicator { get; set; }
}

/// <summary>A property that the network learns to tell: a number as it is; a text, an enumeration or a truth value as the number of its class.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class TargetAttribute : Attribute
{
}
