using System.Collections.Immutable;
using System.Globalization;
using Stk.Rules.Objections;
using Stk.Rules.RuleBooks;
using Stk.Rules.Texts;
using Stk.Rules.Weeks;

namespace Stk.Rules.Sources;

/// <summary>
/// Events of a source, by when they were received, that count as if they had never been sent. A week that was sealed before
/// is as it was; one that is sealed while it stands leaves them out for ever, whatever is lifted later.
/// </summary>
/// <param name="ReceivedTo">Not in it.</param>
/// <param name="Types">Null: all.</param>
/// <param name="After">The last week that was sealed when two persons had agreed; null where none was.</param>
/// <param name="Until">The last week that was sealed when it was lifted; null where it stands, or where none was.</param>
/// <param name="IsLifted">Two persons have taken it back.</param>
public sealed record SourceVoid(
    DateTimeOffset ReceivedFrom, DateTimeOffset ReceivedTo, ImmutableHashSet<string>? Types, WeekId? After = null,
    WeekId? Until = null, bool IsLifted = false)
{
    /// <summary>Unit: types in one void.</summary>
    public const int MaxTypes = SourceSettingsRules.MaxEntries;

    /// <summary>Whether it says anything of a week's events.</summary>
    public bool IsInForce(WeekId week) =>
        (After is null || week > After) && (!IsLifted || (Until is { } last && week <= last));

    /// <summary>Whether an event of its source is one of those.</summary>
    /// <param name="receivedAt">By the economy's clock; null of what is older than that this is kept.</param>
    public bool Covers(string type, DateTimeOffset? receivedAt) =>
        receivedAt >= ReceivedFrom && receivedAt < ReceivedTo && (Types is null || Types.Contains(type));

    /// <summary>What is wrong with what an operator asks for; empty where nothing is.</summary>
    /// <param name="types">Null: all.</param>
    public static ImmutableArray<Objection> Check(
        DateTimeOffset receivedFrom, DateTimeOffset receivedTo, ImmutableArray<string>? types)
    {
        var wrong = ImmutableArray.CreateBuilder<Objection>();
        if (receivedTo <= receivedFrom)
        {
            wrong.Add(new("receivedTo", "must be later than receivedFrom"));
        }

        if (types is not { } listed)
        {
            return wrong.ToImmutable();
        }

        if (listed.Length is 0 or > MaxTypes)
        {
            wrong.Add(new("types", "must have 1 to 500 entries, or be null"));
        }

        foreach (var (place, type) in listed.Take(MaxTypes).Index())
        {
            if (PlainText.Broken(type, RuleBookRules.MaxTypeCharacters) is { } broken)
            {
                wrong.Add(new(string.Create(CultureInfo.InvariantCulture, $"types[{place}]"), broken));
            }
        }

        return wrong.ToImmutable();
    }
}
