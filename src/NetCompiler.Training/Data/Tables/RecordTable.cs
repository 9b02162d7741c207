using System.Globalization;
using System.Reflection;

namespace NetCompiler;

/// <summary>Records as rows: the properties with attributes are the columns.</summary>
internal sealed class RecordTable<TRecord>(RecordColumns columns, IReadOnlyList<TRecord> records) : IFeatureTable
{
    public int RowCount => records.Count;

    public float[] Numbers(string column)
    {
        PropertyInfo property = columns[column];
        float[] numbers = new float[records.Count];
        for (int row = 0; row < numbers.Length; row++)
        {
            object? value = property.GetValue(records[row]);
            numbers[row] = value is null ? float.NaN : Convert.ToSingle(value, CultureInfo.InvariantCulture);
            if (float.IsInfinity(numbers[row]))
            {
                throw new InvalidDataException($"{Place(row, column)}: {Convert.ToString(value, CultureInfo.InvariantCulture)} is no finite number.");
            }
        }

        return numbers;
    }

    public string?[] Texts(string column)
    {
        PropertyInfo property = columns[column];
        string?[] texts = new string?[records.Count];
        for (int row = 0; row < texts.Length; row++)
        {
            object? value = property.GetValue(records[row]);
            texts[row] = value is null ? null : Convert.ToString(value, CultureInfo.InvariantCulture);
        }

        return texts;
    }

    public string Place(int row, string column) => $"{columns.Type} {row}, property \"{column}\"";
}
