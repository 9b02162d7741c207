namespace NetCompiler;

/// <summary>The numbers of the fields of TensorFlow's event.proto, summary.proto, histogram.proto and tensor.proto that event files here have.</summary>
internal static class EventFields
{
    public const string FileVersion = "brain.Event:2";
    public const string TextPlugin = "text";
    public const int StringType = 7;
    public const int SessionStart = 1;

    internal static class Event
    {
        public const int WallTime = 1;
        public const int Step = 2;
        public const int FileVersion = 3;
        public const int Summary = 5;
        public const int SessionLog = 7;
    }

    internal static class SessionLog
    {
        public const int Status = 1;
    }

    internal static class Summary
    {
        public const int Value = 1;
    }

    internal static class Value
    {
        public const int Tag = 1;
        public const int Simple = 2;
        public const int Histogram = 5;
        public const int Tensor = 8;
        public const int Metadata = 9;
    }

    internal static class Metadata
    {
        public const int PluginData = 1;
        public const int PluginName = 1;
    }

    internal static class Histogram
    {
        public const int Minimum = 1;
        public const int Maximum = 2;
        public const int Count = 3;
        public const int Sum = 4;
        public const int SumOfSquares = 5;
        public const int Limits = 6;
        public const int Buckets = 7;
    }

    internal static class Tensor
    {
        public const int Type = 1;
        public const int Shape = 2;
        public const int Strings = 8;
        public const int Dimension = 2;
        public const int Size = 1;
    }
}
