namespace NetCompiler;

/// <summary>A file of records of one length, plain or gzip, read in pieces.</summary>
internal sealed class RecordFileSource : StreamSource
{
    private const int GzipHeader = 0x8B1F;

    private readonly string _path;
    private readonly int _recordLength;
    private readonly int _headerLength;
    private readonly RecordDecoder _decode;

    public RecordFileSource(SampleSchema schema, string path, int recordLength, RecordDecoder decode, int headerLength)
        : base(schema)
    {
        _path = path;
        _recordLength = recordLength;
        _headerLength = headerLength;
        _decode = decode;
        using FileStream file = File.OpenRead(path);
        if ((file.ReadByte() | (file.ReadByte() << 8)) != GzipHeader)
        {
            long bytes = file.Length - headerLength;
            if (bytes < 0 || bytes % recordLength != 0)
            {
                throw new InvalidDataException($"{path} has {file.Length} bytes: that is no header of {headerLength} and a whole number of records of {recordLength}.");
            }

            Count = checked((int)(bytes / recordLength));
        }
    }

    public override int? Count { get; }

    public override SampleStream Open(int epoch, CancellationToken cancellation) => new Pass(this, epoch);

    private sealed class Pass(RecordFileSource source, int epoch) : SampleStream
    {
        private readonly byte[] _record = new byte[source._recordLength];
        private Stream? _file;
        private int _position;

        public override bool Read(SampleStage stage, int at)
        {
            Sample sample = new(source.Schema, stage, at, _position, epoch);
            sample.Clear();
            try
            {
                _file ??= Open();
                int read = _file.ReadAtLeast(_record, _record.Length, throwOnEndOfStream: false);
                source.RequireCount(_position, ends: read == 0);
                if (read == 0)
                {
                    return false;
                }

                if (read < _record.Length)
                {
                    throw new InvalidDataException($"{source._path} ends within the record: it has {read} of its {_record.Length} bytes.");
                }

                source._decode(_record, sample);
                sample.Check();
            }
            catch (Exception exception) when (SampleException.Wraps(exception))
            {
                throw new SampleException(_position, exception);
            }

            _position++;
            return true;
        }

        public override void Dispose() => _file?.Dispose();

        private Stream Open()
        {
            Stream file = DataFile.Open(source._path);
            try
            {
                byte[] header = new byte[source._headerLength];
                int read = file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
                return read == header.Length ? file : throw new InvalidDataException($"{source._path} ends within its header: it has {read} of {header.Length} bytes.");
            }
            catch
            {
                file.Dispose();
                throw;
            }
        }
    }
}
