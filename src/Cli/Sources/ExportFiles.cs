using System.Collections.Immutable;
using Stk.Cli.Api;

namespace Stk.Cli.Sources;

/// <summary>Files that a system has exported, by their names or by a folder that holds them.</summary>
internal static class ExportFiles
{
    private static readonly ImmutableArray<string> Endings =
    [
        .. from rows in (string[])[".jsonl", ".ndjson", ".json"]
           from packed in (string[])["", ".gz", ".br"]
           select rows + packed,
    ];

    /// <summary>Each file as it is named; of a folder those of rows of JSON, by name.</summary>
    /// <exception cref="VerbRefusal">There is none.</exception>
    public static ImmutableArray<string> Find(IEnumerable<string> paths) => [.. paths.SelectMany(Find)];

    private static IEnumerable<string> Find(string path)
    {
        if (File.Exists(path))
        {
            return [path];
        }

        if (!Directory.Exists(path))
        {
            throw new VerbRefusal($"{path} is not there: nothing was sent.");
        }

        var found = Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)
            .Where(file => Endings.Any(ending => file.EndsWith(ending, StringComparison.OrdinalIgnoreCase)))
            .Order(StringComparer.Ordinal).ToList();
        return found.Count > 0
            ? found
            : throw new VerbRefusal($"{path} holds no file that ends in {string.Join(", ", Endings)}: nothing was sent.");
    }
}
