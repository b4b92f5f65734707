using System.Text.Json;

namespace Stk.Cli.RuleBooks;

/// <summary>One place where two rule books differ.</summary>
/// <param name="Path">Entries of a list by their name: <c>activities[ExerciseSave].weight</c>.</param>
/// <param name="Before">JSON; null where it is not there.</param>
/// <param name="After">JSON; null where it is not there.</param>
internal sealed record DocumentChange(string Path, string? Before, string? After);

/// <summary>Compares two rule books value by value.</summary>
internal static class DocumentDiff
{
    /// <summary>
    /// By path, in the order of the older document; what is new comes last. The version's number is left out.
    /// </summary>
    public static IEnumerable<DocumentChange> Of(JsonElement before, JsonElement after)
    {
        var old = Leaves("", before).ToList();
        var values = Leaves("", after).ToDictionary(leaf => leaf.Path, leaf => leaf.Value, StringComparer.Ordinal);
        foreach (var (path, value) in old)
        {
            if (!values.Remove(path, out var now) || now != value)
            {
                yield return new(path, value, now);
            }
        }

        foreach (var (path, value) in Leaves("", after).Where(leaf => values.ContainsKey(leaf.Path)))
        {
            yield return new(path, null, value);
        }
    }

    private static IEnumerable<(string Path, string Value)> Leaves(
        string path, JsonElement element) => element.ValueKind switch
        {
            JsonValueKind.Object => element.EnumerateObject()
                .Where(member => path.Length > 0 || member.Name != "version")
                .SelectMany(member => Leaves(path.Length == 0 ? member.Name : $"{path}.{member.Name}", member.Value)),
            JsonValueKind.Array => element.EnumerateArray().Index()
                .SelectMany(entry => Leaves($"{path}[{Name(entry.Item) ?? $"{entry.Index + 1}"}]", entry.Item)),
            _ => [(path, element.ToString())],
        };

    // An activity's type, a level's number: an entry that is new in the middle is one change, not a change of all after it.
    private static string? Name(JsonElement entry) =>
        entry.ValueKind != JsonValueKind.Object ? null
        : entry.TryGetProperty("type", out var type) ? type.ToString()
        : entry.TryGetProperty("level", out var level) ? level.ToString()
        : null;
}
