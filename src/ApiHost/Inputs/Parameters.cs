using System.Collections.Immutable;
using System.Globalization;
using Stk.ApiHost.Problems;
using Stk.GrainInterfaces.Participants;
using Stk.Rules.Objections;
using Stk.Rules.Texts;
using Stk.Rules.Time;
using Stk.Rules.Weeks;

namespace Stk.ApiHost.Inputs;

/// <summary>Reads the parameters of a query, each at most once, and keeps every objection.</summary>
internal sealed class Parameters(IQueryCollection query)
{
    public const int DefaultLimit = 50;
    public const int MaxLimit = 100;
    private const int MaxCursorCharacters = 512;
    private const int DayCharacters = 10;

    private readonly ImmutableArray<Objection>.Builder _objections = ImmutableArray.CreateBuilder<Objection>();
    private bool _isCursorInvalid;

    /// <summary>What to answer where a parameter broke a rule; null where none has.</summary>
    public Problem? Fault =>
        _objections.Count > 0 ? Problem.Invalid(_objections.ToImmutable())
        : _isCursorInvalid ? new(ProblemTypes.InvalidCursor)
        : null;

    /// <summary>The one value of a parameter; null where it is not there, or is there twice.</summary>
    public string? Text(string name)
    {
        var values = query[name];
        if (values.Count > 1)
        {
            _objections.Add(new(name, "must be given once"));
        }

        return values.Count == 1 ? values[0] ?? "" : null;
    }

    public WeekId Week(string name)
    {
        if (Text(name) is { } text && WeekId.TryParse(text, out var week))
        {
            return week;
        }

        return Refuse<WeekId>(name, WeekPath.Rule);
    }

    public string ParticipantId(string name)
    {
        if (Text(name) is not { } id)
        {
            return Refuse<string>(name, "must be given") ?? "";
        }

        if (Rules.Participants.ParticipantId.Check(id, name) is { } objection)
        {
            _objections.Add(objection);
        }

        return id;
    }

    /// <summary>Like <see cref="ParticipantId"/>; null where it is not there.</summary>
    public string? OptionalParticipantId(string name) => query.ContainsKey(name) ? ParticipantId(name) : null;

    /// <summary>What somebody writes for others to read; null where it is not there.</summary>
    public string? OptionalReason(string name) =>
        Text(name) is not { } text ? null
        : WrittenText.Broken(text, WrittenText.MaxNoteCharacters) is { } rule ? Refuse<string>(name, rule)
        : text;

    public PageRequest Page()
    {
        var cursor = Text("cursor");
        _isCursorInvalid = cursor is { Length: 0 or > MaxCursorCharacters };
        var limit = DefaultLimit;
        if (Text("limit") is { } text
            && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit)
                || limit is < 1 or > MaxLimit))
        {
            Refuse<int>("limit", "must be a whole number, 1 to 100");
        }

        return new(cursor, limit);
    }

    /// <summary>A page of what has kinds and instants: <c>kind</c>, <c>from</c> and, exclusive, <c>to</c>.</summary>
    public PageRequest Page(IReadOnlySet<string> kinds)
    {
        var page = Page() with { Kind = OptionalWord("kind", kinds), From = OptionalInstant("from"), Below = OptionalInstant("to") };
        return page is { From: { } from, Below: { } below } && from >= below
            ? Refuse<PageRequest>("from", "must be before to") ?? page
            : page;
    }

    /// <summary>An instant, or a day, which is its first; null where it is not there.</summary>
    public DateTimeOffset? OptionalInstant(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return new(day, TimeOnly.MinValue, TimeSpan.Zero);
        }

        return InstantText.TryParse(WithOffsetSign(text), out var at)
            ? at
            : Refuse<DateTimeOffset?>(name, $"{InstantText.Rule}, or a day, such as 2025-12-18");
    }

    /// <summary>A whole number of the journal; null where it is not there.</summary>
    public long? OptionalSequence(string name) => Text(name) is not { } text
        ? null
        : Sequences.TryParse(text, out var sequence)
            ? sequence
            : Refuse<long?>(name, Sequences.Rule);

    /// <summary>A statement's revision, from 1; null where it is not there.</summary>
    public int? OptionalRevision(string name) => Text(name) is not { } text
        ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var revision) && revision > 0
            ? revision
            : Refuse<int?>(name, "must be a whole number from 1");

    public bool OptionalFlag(string name) => Text(name) switch
    {
        null or "false" => false,
        "true" => true,
        _ => Refuse<bool>(name, "must be true or false"),
    };

    /// <summary>Null where it is not there.</summary>
    public bool? OptionalTruth(string name) => Text(name) switch
    {
        null => null,
        "false" => false,
        "true" => true,
        _ => Refuse<bool?>(name, "must be true or false"),
    };

    /// <summary>One of these words; null where it is not there.</summary>
    public string? OptionalWord(string name, IReadOnlySet<string> words) => Text(name) is not { } text ? null
        : words.Contains(text) ? text
        : Refuse<string>(name, $"must be one of {string.Join(", ", words.Order(StringComparer.Ordinal))}");

    /// <summary>One of these words.</summary>
    /// <param name="words">Each with what it means.</param>
    public T Word<T>(string name, IReadOnlyDictionary<string, T> words)
        where T : struct =>
        Text(name) is { } text && words.TryGetValue(text, out var meaning)
            ? meaning
            : Refuse<T>(name, $"must be one of {string.Join(", ", words.Keys.Order(StringComparer.Ordinal))}");

    /// <summary>Two days, the first not after the second.</summary>
    public (DateOnly From, DateOnly To) Days(string from, string to)
    {
        var days = (From: Day(from), To: Day(to));
        return days.From > days.To && Fault is null ? Refuse<(DateOnly, DateOnly)>(from, $"must not be after {to}") : days;
    }

    private DateOnly Day(string name) =>
        DateOnly.TryParseExact(Text(name), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : Refuse<DateOnly>(name, "must be a day, such as 2025-12-18");

    // In a query a + that is not escaped is a blank: a blank after the day stands for T, a later one for the offset's +.
    private static string WithOffsetSign(string text) =>
        text.Length <= DayCharacters ? text : text[..(DayCharacters + 1)] + text[(DayCharacters + 1)..].Replace(' ', '+');

    private T? Refuse<T>(string name, string rule)
    {
        // Given twice is said already, and says more.
        if (!_objections.Any(objection => objection.Field == name))
        {
            _objections.Add(new(name, rule));
        }

        return default;
    }
}
