using System.Text.Json;

namespace Stk.Sources.Tests.Samples;

/// <summary>The sample payloads beside this file: made by hand, nobody in them exists.</summary>
internal static class SampleCases
{
    public static JsonElement All { get; } = Load("cases.json");

    public static JsonElement Named(string name) =>
        All.EnumerateArray().Single(item => item.GetProperty("name").GetString() == name);

    public static byte[] Bytes(string file) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Samples", file));

    private static JsonElement Load(string file)
    {
        using var document = JsonDocument.Parse(Bytes(file));
        return document.RootElement.Clone();
    }
}
