using System.Security.Cryptography;
using System.Text.Json;
using Stk.Cli.Endings;
using Stk.Client.Connections;

namespace Stk.Cli.Demo;

/// <summary>How far the demo is in this economy: kept beside it after each step.</summary>
internal sealed class DemoProgress
{
    private readonly string _file;
    private readonly string _fingerprint;

    /// <param name="plan">Of this plan: another one begins anew.</param>
    public DemoProgress(string directory, DemoPlan plan)
    {
        _file = Path.Combine(directory, "demo.json");
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var step in plan.Steps)
        {
            hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(step, step.GetType(), TokenomicsJson.Options));
        }

        _fingerprint = Convert.ToHexStringLower(hash.GetHashAndReset());
        Directory.CreateDirectory(directory);
    }

    /// <summary>Steps that were answered, and the journal's last commit when the demo was last begun or had ended; null
    /// where this demo has not begun here.</summary>
    public (int Done, long Head)? Read()
    {
        if (!File.Exists(_file))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<Kept>(File.ReadAllBytes(_file)) is { } kept && kept.Fingerprint == _fingerprint
                ? (kept.Done, kept.Head)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Whole or not at all: a reader never sees half of it.</summary>
    public void Write(int done, long head) =>
        PrivateFile.Replace(_file, JsonSerializer.SerializeToUtf8Bytes(new Kept(_fingerprint, done, head)));

    private sealed record Kept(string Fingerprint, int Done, long Head = 0);
}
