using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Samples.Data;

/// <summary>A golden file: the float tensors of a safetensors file by name.</summary>
public static class GoldenFile
{
    /// <summary>Reads every F32 tensor; others are passed over.</summary>
    /// <exception cref="InvalidDataException">The header does not fit in the file.</exception>
    public static IReadOnlyDictionary<string, float[]> Read(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        if (file.Length < 8 || BinaryPrimitives.ReadUInt64LittleEndian(file) > (ulong)(file.Length - 8))
        {
            throw new InvalidDataException($"{path} has {file.Length} bytes and is no safetensors file: its header does not fit in.");
        }

        int headerLength = (int)BinaryPrimitives.ReadUInt64LittleEndian(file);
        using JsonDocument header = JsonDocument.Parse(file.AsMemory(8, headerLength));
        ReadOnlySpan<byte> data = file.AsSpan(8 + headerLength);
        var tensors = new Dictionary<string, float[]>();
        foreach (JsonProperty tensor in header.RootElement.EnumerateObject())
        {
            if (tensor.Name != "__metadata__" && tensor.Value.GetProperty("dtype").GetString() == "F32")
            {
                JsonElement offsets = tensor.Value.GetProperty("data_offsets");
                tensors.Add(tensor.Name, MemoryMarshal.Cast<byte, float>(data[offsets[0].GetInt32()..offsets[1].GetInt32()]).ToArray());
            }
        }

        return tensors;
    }
}
