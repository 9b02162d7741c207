using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace NetCompiler;

/// <summary>What the attributes of a record's properties say.</summary>
internal sealed class RecordColumns
{
    /// <summary>What has to survive trimming of a type of records.</summary>
    public const DynamicallyAccessedMemberTypes Needed = DynamicallyAccessedMemberTypes.PublicProperties | DynamicallyAccessedMemberTypes.PublicConstructors;

    private readonly string _type;
    private readonly Dictionary<string, PropertyInfo> _properties = [];

    private RecordColumns(string type)
    {
        _type = type;
    }

    /// <summary>The features in the order of their properties.</summary>
    public List<TableFeature> Features { get; } = [];

    /// <summary>The target, where there is one.</summary>
    public TableTarget? Target { get; private set; }

    /// <summary>The name of the type.</summary>
    public string Type => _type;

    /// <summary>Reads the attributes of the properties, or of the constructors' parameters of the same name.</summary>
    /// <exception cref="ArgumentException">No property has an attribute, one has two, one is of a type that its attribute does not take, or there are two targets.</exception>
    public static RecordColumns Of([DynamicallyAccessedMembers(Needed)] Type type)
    {
        RecordColumns columns = new(type.Name);
        ParameterInfo[] parameters = [.. type.GetConstructors().SelectMany(constructor => constructor.GetParameters())];
        foreach (PropertyInfo property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanRead && property.GetIndexParameters().Length == 0))
        {
            ParameterInfo[] own = [.. parameters.Where(parameter => parameter.Name == property.Name && parameter.ParameterType == property.PropertyType)];
            columns.Add(property, [.. property.GetCustomAttributes().Concat(own.SelectMany(parameter => parameter.GetCustomAttributes())).Where(attribute => attribute is FeatureAttribute or CategoryAttribute or TargetAttribute)]);
        }

        return columns.Features.Count > 0
            ? columns
            : throw new ArgumentException($"{type.Name} has no public property with [Feature] or [Category]; its properties are {string.Join(", ", type.GetProperties().Select(property => property.Name))}.");
    }

    /// <summary>The property of a column.</summary>
    /// <exception cref="KeyNotFoundException">There is no such property with an attribute.</exception>
    public PropertyInfo this[string column] => _properties.TryGetValue(column, out PropertyInfo? property)
        ? property
        : throw new KeyNotFoundException($"{_type} has no property \"{column}\" with an attribute; it has {string.Join(", ", _properties.Keys)}.");

    private void Add(PropertyInfo property, Attribute[] attributes)
    {
        if (attributes.Length == 0)
        {
            return;
        }

        if (attributes.Length > 1)
        {
            throw new ArgumentException($"{_type}.{property.Name} has {string.Join(" and ", attributes.Select(Title))}; a property is one of them.");
        }

        Type type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        bool isNumber = !type.IsEnum && System.Type.GetTypeCode(type) is >= TypeCode.SByte and <= TypeCode.Decimal;
        bool isCategory = type.IsEnum || System.Type.GetTypeCode(type) is TypeCode.String or TypeCode.Boolean or TypeCode.Char or (>= TypeCode.SByte and <= TypeCode.UInt64);
        switch (attributes[0])
        {
            case FeatureAttribute feature:
                Require(property, feature, isNumber || type == typeof(bool), "numbers and truth values; [Category] takes texts and enumerations");
                Features.Add(new NumberFeature(property.Name) { Scaling = feature.Scaling, Missing = feature.Missing, MissingIndicator = feature.MissingIndicator });
                break;
            case CategoryAttribute category:
                Require(property, category, isCategory, "texts, enumerations, truth values and whole numbers; [Feature] takes other numbers");
                Features.Add(new CategoryFeature(property.Name) { Unknown = category.Unknown, Missing = category.Missing, MissingIndicator = category.MissingIndicator });
                break;
            default:
                Require(property, attributes[0], isNumber || isCategory, "numbers, texts, enumerations and truth values");
                if (Target is not null)
                {
                    throw new ArgumentException($"{_type}.{Target.Column} and {_type}.{property.Name} both have [Target]; there is one.");
                }

                Target = new TableTarget(property.Name, IsClass: !isNumber);
                break;
        }

        _properties.Add(property.Name, property);
    }

    private void Require(PropertyInfo property, Attribute attribute, bool fits, string taken)
    {
        if (!fits)
        {
            throw new ArgumentException($"{_type}.{property.Name} is of type {property.PropertyType.Name}, but {Title(attribute)} takes {taken}.");
        }
    }

    private static string Title(Attribute attribute) => $"[{attribute.GetType().Name[..^nameof(Attribute).Length]}]";
}
