using NetCompiler;

namespace Samples.Data;

/// <summary>Where the people come from. A set that is not there is left out, which is said: nothing could be learnt about fairness from made up people.</summary>
public static class CreditSource
{
    private static readonly string[] GermanNumbers = ["column2", "column5", "column8", "column11", "column13", "column16", "column18"];

    private static readonly string[] GermanCategories =
        ["column1", "column3", "column4", "column6", "column7", "column9", "column10", "column12", "column14", "column15", "column17", "column19", "column20"];

    // The third column is a weight of the census, the fourth is the fifth in words.
    private static readonly string[] AdultNumbers = ["column1", "column5", "column11", "column12", "column13"];
    private static readonly string[] AdultCategories = ["column2", "column6", "column7", "column8", "column9", "column10", "column14"];

    private static readonly string[] DefaultCategories = ["SEX", "EDUCATION", "MARRIAGE"];

    /// <summary>1,000 credits of a German bank, 300 of them bad.</summary>
    public static CreditTable? German(string? folder)
    {
        if (Find(folder, "german-credit/german.csv") is not { } path)
        {
            return null;
        }

        CsvTable table = CsvTable.Read(path, new CsvOptions { HasHeader = false });
        return new CreditTable(
            table.ToFloats(GermanNumbers),
            OneHot(table, GermanCategories, table),
            Ones(table["column21"], "2"),
            Ones(table["column9"], "A92", "A95"));
    }

    /// <summary>30,000 holders of credit cards, 6,636 of whom default.</summary>
    public static CreditTable? Default(string? folder)
    {
        if (Find(folder, "credit-default/credit-card-clients.csv.gz") is not { } path)
        {
            return null;
        }

        CsvTable table = CsvTable.Read(path);
        string[] numbers = [.. table.Columns.SkipLast(1).Select(column => column.Name).Except(DefaultCategories)];

        // Amounts spread over five powers of ten, on both sides of zero.
        float[] values = table.ToFloats(numbers);
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = numbers[i % numbers.Length].Contains("AMT", StringComparison.Ordinal) || numbers[i % numbers.Length] == "LIMIT_BAL"
                ? MathF.CopySign(MathF.Log(1 + MathF.Abs(values[i])), values[i])
                : values[i];
        }

        return new CreditTable(values, OneHot(table, DefaultCategories, table), table.Columns[^1].ToFloats(), Ones(table["SEX"], "2"));
    }

    /// <summary>32,561 adults of a census for training and 16,281 for judging.</summary>
    public static (CreditTable Train, CreditTable Test)? Adult(string? folder)
    {
        if (Find(folder, "adult-income/adult-train.csv.gz") is not { } path)
        {
            return null;
        }

        var options = new CsvOptions { HasHeader = false, Trim = true };
        CsvTable train = CsvTable.Read(path, options), test = CsvTable.Read(Path.Combine(Path.GetDirectoryName(path)!, "adult-test.csv.gz"), options);
        return (Adults(train, train), Adults(test, train));
    }

    private static CreditTable Adults(CsvTable table, CsvTable train) => new(
        table.ToFloats(AdultNumbers),
        OneHot(table, AdultCategories, train),
        Ones(table["column15"], ">50K", ">50K."),
        Ones(table["column10"], "Female"));

    private static string? Find(string? folder, string file)
    {
        string? path = SharedFolder.FindFile(folder, "data/" + file, out string reason);
        if (path is null)
        {
            Console.WriteLine($"left out: {reason}");
        }

        return path;
    }

    /// <summary>The categories side by side, each as one 1 among zeros; they are those of the training rows, where a missing one is a category too.</summary>
    private static float[] OneHot(CsvTable table, string[] columns, CsvTable train)
    {
        IReadOnlyList<string>[] classes = [.. columns.Select(column => train[column].ToClasses().Classes)];
        int width = classes.Sum(list => list.Count), place = 0;
        float[] values = new float[table.RowCount * width];
        for (int c = 0; c < columns.Length; c++)
        {
            int[] indices = table[columns[c]].ToClasses(classes[c]).Indices;
            for (int row = 0; row < indices.Length; row++)
            {
                values[(row * width) + place + indices[row]] = 1;
            }

            place += classes[c].Count;
        }

        return values;
    }

    private static float[] Ones(CsvColumn column, params string[] texts) => [.. column.ToTexts().Select(text => texts.Contains(text) ? 1f : 0f)];
}
