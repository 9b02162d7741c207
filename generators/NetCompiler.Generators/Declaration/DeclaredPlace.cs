using Microsoft.CodeAnalysis;

namespace NetCompiler.Generators.Declaration;

/// <summary>Where a part of a declaration was written: an attribute, or a call in a Forward method.</summary>
internal abstract class DeclaredPlace
{
    /// <summary>The place of an option, or of the whole where the option is not written.</summary>
    public abstract Location Of(string option, CancellationToken cancellationToken);
}

/// <summary>An attribute on the class or on a parameter.</summary>
internal sealed class AttributePlace(AttributeData attribute) : DeclaredPlace
{
    public override Location Of(string option, CancellationToken cancellationToken) => DeclaredPlaces.Of(attribute, option, cancellationToken);
}
