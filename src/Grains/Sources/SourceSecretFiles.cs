using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Stk.Sources.Signatures;

namespace Stk.Grains.Sources;

/// <summary>
/// The sources' secrets, which are files and in no table. A file that has changed is read again by the next who asks; one
/// that is not as it must be counts as none, and is said so once.
/// </summary>
internal sealed class SourceSecretFiles(IOptions<SourceOptions> options, ILogger<SourceSecretFiles> log)
{
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead
        | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute | UnixFileMode.UserExecute;

    private readonly ConcurrentDictionary<string, Known> _known = new(StringComparer.Ordinal);

    /// <summary>By which deliveries of a source are proved; null where there are none.</summary>
    /// <param name="source">Its name, which is a file's: settings see to that.</param>
    public SourceSecrets? Webhook(string source) => Of($"{source}.webhook");

    /// <summary>With which a source is asked; null where there is none.</summary>
    /// <param name="source">Its name, which is a file's: settings see to that.</param>
    public SourceSecrets? Api(string source) => Of($"{source}.api");

    private SourceSecrets? Of(string name)
    {
        if (options.Value.SecretsDirectory is not { Length: > 0 } directory)
        {
            return null;
        }

        var file = new FileInfo(Path.Combine(directory, name));
        if (!file.Exists)
        {
            _known.TryRemove(name, out _);
            return null;
        }

        var stamp = new Stamp(file.LastWriteTimeUtc, file.Length, OperatingSystem.IsWindows() ? 0 : file.UnixFileMode);
        if (_known.TryGetValue(name, out var known) && known.Stamp == stamp)
        {
            return known.Secrets;
        }

        var read = Read(file, stamp.Mode, out var broken);
        if (broken is not null)
        {
            Log.SourceSecretRefused(log, file.Name, broken);
        }

        _known[name] = new(stamp, read);
        return read;
    }

    private static SourceSecrets? Read(FileInfo file, UnixFileMode mode, out string? broken)
    {
        if ((mode & Others) != 0)
        {
            broken = "must be readable and writable by its owner alone (mode 600)";
            return null;
        }

        try
        {
            return SourceSecrets.Read(File.ReadAllText(file.FullName), out broken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            broken = "must be readable by the silo";
            return null;
        }
    }

    private sealed record Known(Stamp Stamp, SourceSecrets? Secrets);

    private readonly record struct Stamp(DateTime At, long Length, UnixFileMode Mode);
}
