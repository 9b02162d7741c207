using System.Runtime.InteropServices;

namespace Benchmarks.OnnxRuntime;

/// <summary>
/// The few calls of ONNX Runtime's C API that a prediction needs, through its table of function pointers. The numbers are places in
/// that table (onnxruntime_c_api.h), which only ever grows at its end.
/// </summary>
internal sealed unsafe class OrtApi
{
    // The oldest table that has every place used here; newer libraries still give it.
    private const uint TableVersion = 14;
    private const int LogErrorsOnly = 3;
    private const int AllOptimizations = 99;
    private const int ElementFloat = 1;
    private const int ElementInt64 = 7;

    private readonly void** _table;
    private readonly void* _environment;
    private readonly void* _cpuMemory;

    private OrtApi(void** table, string version)
    {
        _table = table;
        Version = version;
        void* environment, memory;
        fixed (byte* name = "benchmarks\0"u8)
        {
            Check(((delegate* unmanaged<int, byte*, void**, void*>)_table[3])(LogErrorsOnly, name, &environment));
        }

        Check(((delegate* unmanaged<int, int, void**, void*>)_table[69])(0, 0, &memory));
        _environment = environment;
        _cpuMemory = memory;
    }

    /// <summary>The library's version, as 1.22.0.</summary>
    public string Version { get; }

    /// <summary>Loads the native library.</summary>
    /// <exception cref="DllNotFoundException">The file is missing or made for another machine.</exception>
    /// <exception cref="InvalidOperationException">The library is too old.</exception>
    public static OrtApi Load(string libraryPath)
    {
        nint library = NativeLibrary.Load(libraryPath);
        var getBase = (delegate* unmanaged<void**>)NativeLibrary.GetExport(library, "OrtGetApiBase");

        // The base is a table of two functions: one gives the table of a version, the other the library's version.
        void** entry = getBase();
        string version = Marshal.PtrToStringUTF8((nint)((delegate* unmanaged<byte*>)entry[1])()) ?? "of unknown version";
        void** table = ((delegate* unmanaged<uint, void**>)entry[0])(TableVersion);
        return table is null
            ? throw new InvalidOperationException($"ONNX Runtime {version} at {libraryPath} lacks version {TableVersion} of its C API.")
            : new OrtApi(table, version);
    }

    /// <summary>Reads a model; the session computes on the calling thread when <paramref name="threads"/> is 1.</summary>
    public void* CreateSession(byte[] model, int threads)
    {
        void* options, session;
        Check(((delegate* unmanaged<void**, void*>)_table[10])(&options));
        Check(((delegate* unmanaged<void*, int, void*>)_table[24])(options, threads));
        Check(((delegate* unmanaged<void*, int, void*>)_table[23])(options, AllOptimizations));
        fixed (byte* bytes = model)
        {
            Check(((delegate* unmanaged<void*, void*, nuint, void*, void**, void*>)_table[8])(_environment, bytes, (nuint)model.Length, options, &session));
        }

        ((delegate* unmanaged<void*, void>)_table[100])(options);
        return session;
    }

    /// <summary>A tensor of floats over memory that the caller owns and keeps in place.</summary>
    public void* CreateTensor(float* data, params ReadOnlySpan<long> shape) => CreateTensor(data, ElementFloat, sizeof(float), shape);

    /// <summary>A tensor of 64-bit integers, as models declare tokens, over memory that the caller owns and keeps in place.</summary>
    public void* CreateTensor(long* data, params ReadOnlySpan<long> shape) => CreateTensor(data, ElementInt64, sizeof(long), shape);

    /// <summary>One prediction from input x into output y.</summary>
    public void Run(void* session, void* input, void* output)
    {
        fixed (byte* x = "x\0"u8, y = "y\0"u8)
        {
            byte* inputName = x, outputName = y;
            Check(((delegate* unmanaged<void*, void*, byte**, void**, nuint, byte**, nuint, void**, void*>)_table[9])(
                session, null, &inputName, &input, 1, &outputName, 1, &output));
        }
    }

    /// <summary>Frees a tensor, not the memory below it.</summary>
    public void ReleaseValue(void* value) => ((delegate* unmanaged<void*, void>)_table[96])(value);

    /// <summary>Frees a session.</summary>
    public void ReleaseSession(void* session) => ((delegate* unmanaged<void*, void>)_table[95])(session);

    private void* CreateTensor(void* data, int element, int elementSize, ReadOnlySpan<long> shape)
    {
        void* value;
        nuint bytes = (nuint)elementSize;
        foreach (long size in shape)
        {
            bytes *= (nuint)size;
        }

        fixed (long* sizes = shape)
        {
            Check(((delegate* unmanaged<void*, void*, nuint, long*, nuint, int, void**, void*>)_table[49])(_cpuMemory, data, bytes, sizes, (nuint)shape.Length, element, &value));
        }

        return value;
    }

    private void Check(void* status)
    {
        if (status is null)
        {
            return;
        }

        string message = Marshal.PtrToStringUTF8((nint)((delegate* unmanaged<void*, byte*>)_table[2])(status)) ?? "no message";
        ((delegate* unmanaged<void*, void>)_table[93])(status);
        throw new InvalidOperationException($"ONNX Runtime {Version}: {message}");
    }
}
