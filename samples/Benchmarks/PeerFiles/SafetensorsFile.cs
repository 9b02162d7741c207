using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Benchmarks.PeerFiles;

/// <summary>The tensors of a safetensors file: eight bytes of length, a JSON header, then the values, little-endian.</summary>
internal static class SafetensorsFile
{
    /// <summary>Reads every tensor by name.</summary>
    /// <exception cref="InvalidDataException">The file is not a safetensors file or holds another type than F32 and I64.</exception>
    public static IReadOnlyDictionary<string, PeerTensor> Read(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        if (file.Length < 8 || BinaryPrimitives.ReadUInt64LittleEndian(file) > (ulong)(file.Length - 8))
        {
            throw new InvalidDataException($"{path} has {file.Length} bytes and is no safetensors file: its header does not fit in.");
        }

        int headerLength = (int)BinaryPrimitives.ReadUInt64LittleEndian(file);
        using JsonDocument header = JsonDocument.Parse(file.AsMemory(8, headerLength));
        ReadOnlySpan<byte> data = file.AsSpan(8 + headerLength);
        var tensors = new Dictionary<string, PeerTensor>();
        foreach (JsonProperty tensor in header.RootElement.EnumerateObject())
        {
            if (tensor.Name == "__metadata__")
            {
                continue;
            }

            string type = tensor.Value.GetProperty("dtype").GetString()!;
            JsonElement offsets = tensor.Value.GetProperty("data_offsets");
            int start = offsets[0].GetInt32(), end = offsets[1].GetInt32();
            tensors.Add(tensor.Name, type switch
            {
                "F32" => new PeerTensor(MemoryMarshal.Cast<byte, float>(data[start..end]).ToArray(), []),
                "I64" => new PeerTensor([], Array.ConvertAll(MemoryMarshal.Cast<byte, long>(data[start..end]).ToArray(), static value => checked((int)value))),
                _ => throw new InvalidDataException($"{path}: tensor {tensor.Name} holds {type}, expected F32 or I64."),
            });
        }

        return tensors;
    }
}

/// <summary>The values of a tensor: floats, or integers; the other array is empty.</summary>
internal sealed record PeerTensor(float[] Floats, int[] Integers);
