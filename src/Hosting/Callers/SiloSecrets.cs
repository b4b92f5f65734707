using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;

namespace Stk.Hosting.Callers;

/// <summary>
/// What silos tell each other's calls from a client's by: a secret that is in a file of the silos, in no table and on no API
/// host. There may be two while it changes: the first is said, both are believed. Read once, at the start.
/// </summary>
public sealed class SiloSecrets
{
    /// <summary>The file: a secret a line, one or two.</summary>
    public const string Setting = "Stk:Calls:Secrets";

    private const int ShortestSecret = 32;
    private const int LongestFile = 1_024;

    private const UnixFileMode OthersMay =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute |
        UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private readonly ImmutableArray<string> _secrets;

    private SiloSecrets(ImmutableArray<string> secrets) => _secrets = secrets;

    /// <summary>What this silo says.</summary>
    internal string Own => _secrets[0];

    /// <summary>A new one, at random: of this process alone, so that no other silo can join it.</summary>
    public static SiloSecrets Create() => new([Convert.ToHexString(RandomNumberGenerator.GetBytes(32))]);

    /// <summary>Those of the configured file; null where none is configured.</summary>
    /// <exception cref="RefusedToStartException">The file is not as it must be.</exception>
    public static SiloSecrets? Read(IConfiguration configuration) =>
        configuration[Setting] is { Length: > 0 } file ? Read(file) : null;

    /// <exception cref="RefusedToStartException">
    /// It cannot be read, others than its owner may read or write it, or it has not one or two secrets.
    /// </exception>
    public static SiloSecrets Read(string file)
    {
        try
        {
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & OthersMay) != 0)
            {
                throw new RefusedToStartException(
                    $"{file} ({Setting}): others than its owner may read or write it; set its mode to 400.");
            }

            if (new FileInfo(file).Length > LongestFile)
            {
                throw new RefusedToStartException($"{file} ({Setting}) is longer than {LongestFile} bytes.");
            }

            return Parse(File.ReadAllLines(file), file);
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            throw new RefusedToStartException($"{file} ({Setting}) cannot be read: {missing.Message}", missing);
        }
    }

    /// <summary>Whether this is one of ours. Takes as long for a wrong one as for a right one.</summary>
    public bool Know(string said)
    {
        // What an actor of this silo says to another here is not even copied.
        if (ReferenceEquals(said, Own))
        {
            return true;
        }

        var isOurs = false;
        foreach (var secret in _secrets)
        {
            isOurs |= CryptographicOperations.FixedTimeEquals(
                MemoryMarshal.AsBytes(said.AsSpan()), MemoryMarshal.AsBytes(secret.AsSpan()));
        }

        return isOurs;
    }

    private static SiloSecrets Parse(string[] lines, string file)
    {
        ImmutableArray<string> secrets = [.. lines.Select(line => line.Trim()).Where(line => line.Length > 0)];
        return secrets.Length is 1 or 2 && secrets.All(secret => secret.Length >= ShortestSecret)
            ? new(secrets)
            : throw new RefusedToStartException(
                $"{file} ({Setting}) must have one or two lines, each a secret of {ShortestSecret} characters at least.");
    }
}
