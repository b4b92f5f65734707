using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Stk.ApiHost.Problems;
using Stk.Rules.Money;
using Stk.Rules.Objections;
using Stk.Rules.Services;
using Stk.Rules.Spending;
using Stk.Rules.Texts;
using Stk.Rules.Weeks;

namespace Stk.ApiHost.Inputs;

/// <summary>
/// The members of a small JSON body. Reads each by name, keeps every objection, and objects to what nobody has read: a
/// misspelt member would silently change nothing.
/// </summary>
internal sealed class JsonBody : IDisposable
{
    public const int DefaultMaxBytes = 65_536;

    private readonly PooledBytes? _bytes;
    private readonly JsonDocument? _document;
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly ImmutableArray<Objection>.Builder _objections = ImmutableArray.CreateBuilder<Objection>();

    private JsonBody(PooledBytes? bytes, JsonDocument? document)
    {
        _bytes = bytes;
        _document = document;
    }

    /// <summary>What to answer where the body broke a rule; null where it has not. To be asked last.</summary>
    public Problem? Fault
    {
        get
        {
            if (_document is not null
                && _document.RootElement.EnumerateObject().Any(member => !_known.Contains(member.Name)))
            {
                _objections.Add(new("$", "must hold no member that is not known"));
            }

            return _objections.Count > 0 ? Problem.Invalid(_objections.ToImmutable()) : null;
        }
    }

    /// <summary>Reads the body of a request.</summary>
    /// <param name="maxBytes">After decompression.</param>
    /// <param name="mayBeAbsent">True where a request without a body means one without members.</param>
    public static async Task<Reading<JsonBody>> Read(
        HttpRequest request, int maxBytes = DefaultMaxBytes, bool mayBeAbsent = false)
    {
        if (mayBeAbsent && request.ContentType is null && request.ContentLength is null or 0)
        {
            return new Reading<JsonBody>.Read(new(null, null));
        }

        if (!(await RequestBody.Read(request, maxBytes)).IsRead(out var bytes, out var refused))
        {
            return refused;
        }

        var document = StrictJson.TryParse(bytes.Memory);
        if (document?.RootElement.ValueKind == JsonValueKind.Object)
        {
            return new Reading<JsonBody>.Read(new(bytes, document));
        }

        var problem = document is null ? new Problem(ProblemTypes.MalformedJson) : Problem.Invalid("$", "must be an object");
        document?.Dispose();
        bytes.Dispose();
        return problem;
    }

    /// <summary>Members that somebody else reads, by their names; null where the body has none of them.</summary>
    public JsonElement? Among(IReadOnlyCollection<string> names)
    {
        _known.UnionWith(names);
        return _document?.RootElement is { } root && names.Any(name => root.TryGetProperty(name, out _)) ? root : null;
    }

    public bool Has(string field) => _document is not null && _document.RootElement.TryGetProperty(field, out _);

    public void Object(IEnumerable<Objection> objections) => _objections.AddRange(objections);

    /// <summary>SHA-256 of the body's bytes, after decompression: packed or not, it is the same request.</summary>
    public byte[] Fingerprint() => SHA256.HashData(_bytes is null ? [] : _bytes.Memory.Span);

    public void Dispose()
    {
        _document?.Dispose();
        _bytes?.Dispose();
    }

    public void Object(string field, string rule) => _objections.Add(new(field, rule));

    /// <summary>What somebody writes for others to read, a reason or a note: at most 280 characters.</summary>
    public string Reason(string field)
    {
        if (Member(field) is not { ValueKind: JsonValueKind.String } member)
        {
            return Refuse<string>(field, "must be a string of 1 to 280 characters") ?? "";
        }

        var text = member.GetString() ?? "";
        return WrittenText.Broken(text, WrittenText.MaxNoteCharacters) is { } rule
            ? Refuse<string>(field, rule) ?? ""
            : text;
    }

    /// <summary>Like <see cref="Reason"/>; null where the member is not there.</summary>
    public string? OptionalReason(string field) => Member(field) is null ? null : Reason(field);

    /// <summary>A string for somebody else to check; the empty one where it is none.</summary>
    public string Text(string field) => Member(field) is { ValueKind: JsonValueKind.String } member
        ? member.GetString() ?? ""
        : Refuse<string>(field, "must be a string") ?? "";

    /// <summary>Like <see cref="Text"/>; the empty string where the member is not there.</summary>
    public string OptionalText(string field) => Member(field) is null ? "" : Text(field);

    public string ParticipantId(string field)
    {
        if (Member(field) is not { ValueKind: JsonValueKind.String } member)
        {
            return Refuse<string>(field, "must be a participant's id, a string") ?? "";
        }

        var id = member.GetString() ?? "";
        if (Rules.Participants.ParticipantId.Check(id, field) is { } objection)
        {
            _objections.Add(objection);
        }

        return id;
    }

    /// <summary>Like <see cref="ParticipantId"/>; null where the member is not there.</summary>
    public string? OptionalParticipantId(string field) => Member(field) is null ? null : ParticipantId(field);

    /// <summary>What somebody is called: 1 to 200 characters, as an id.</summary>
    public string Name(string field)
    {
        if (Member(field) is not { ValueKind: JsonValueKind.String } member)
        {
            return Refuse<string>(field, "must be a string of 1 to 200 characters") ?? "";
        }

        var name = member.GetString() ?? "";
        if (Rules.Participants.ParticipantId.Check(name, field) is { } objection)
        {
            _objections.Add(objection);
        }

        return name;
    }

    /// <summary>Like <see cref="Name"/>; null where the member is not there.</summary>
    public string? OptionalName(string field) => Member(field) is null ? null : Name(field);

    public Guid Uuid(string field) =>
        Member(field) is { ValueKind: JsonValueKind.String } member && member.TryGetGuid(out var id)
            ? id
            : Refuse<Guid>(field, UuidPath.Rule);

    /// <summary>Above zero.</summary>
    public Amount Amount(string field) =>
        Member(field) is { ValueKind: JsonValueKind.String } member
        && Rules.Money.Amount.TryParse(member.GetString(), out var amount) && amount.Micro > 0
            ? amount
            : Refuse<Amount>(
                field, "must be a string of digits above zero with at most 6 decimals, such as \"1584\" or \"0.5\"");

    /// <summary>Not zero, and below it with a minus.</summary>
    public Amount SignedAmount(string field) =>
        Member(field) is { ValueKind: JsonValueKind.String } member
        && Rules.Money.Amount.TryParse(member.GetString(), out var amount) && amount != Rules.Money.Amount.Zero
        && amount <= SpendingRules.MaxLimit && amount >= -SpendingRules.MaxLimit
            ? amount
            : Refuse<Amount>(
                field,
                "must be a string of digits with at most 6 decimals, not zero, with a minus where it is below it, such as "
                + $"\"0.5\" or \"-12\", up to {SpendingRules.MaxLimit}");

    /// <summary>Like <see cref="Amount"/>; null where the member is not there.</summary>
    public Amount? OptionalAmount(string field) => Member(field) is null ? null : Amount(field);

    /// <summary>One of these words.</summary>
    /// <param name="words">Each with what it means.</param>
    public T Word<T>(string field, IReadOnlyDictionary<string, T> words)
        where T : struct =>
        Member(field) is { ValueKind: JsonValueKind.String } member
        && words.TryGetValue(member.GetString() ?? "", out var meaning)
            ? meaning
            : Refuse<T>(field, $"must be one of {string.Join(", ", words.Keys.Order(StringComparer.Ordinal))}");

    /// <summary>One of these words.</summary>
    public string Word(string field, IReadOnlySet<string> words) =>
        Member(field) is { ValueKind: JsonValueKind.String } member
        && member.GetString() is { } word
        && words.Contains(word)
            ? word
            : Refuse<string>(field, $"must be one of {string.Join(", ", words.Order(StringComparer.Ordinal))}") ?? "";

    /// <summary>Like <see cref="Word(string, IReadOnlySet{string})"/>; null where the member is not there.</summary>
    public string? OptionalWord(string field, IReadOnlySet<string> words) =>
        Member(field) is null ? null : Word(field, words);

    /// <summary>
    /// True where the member is there and says null: it takes something back, and leaves nothing as it is.
    /// </summary>
    public bool IsNull(string field)
    {
        _known.Add(field);
        return _document is not null && _document.RootElement.TryGetProperty(field, out var member)
            && member.ValueKind == JsonValueKind.Null;
    }

    /// <summary>Participants by role; empty where the member is not there.</summary>
    public ImmutableDictionary<string, string> Recipients(string field)
    {
        if (Member(field) is not { } member)
        {
            return ImmutableDictionary<string, string>.Empty;
        }

        var recipients = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        if (member.ValueKind != JsonValueKind.Object || member.GetPropertyCount() > ServiceRules.MaxRoles)
        {
            _objections.Add(new(field, "must be an object of at most 16 roles"));
            return recipients.ToImmutable();
        }

        foreach (var role in member.EnumerateObject())
        {
            if (!ServiceRules.IsName(role.Name, ServiceRules.MaxRoleCharacters))
            {
                // Its name is the client's own text: it is not repeated.
                _objections.Add(new(field, "must name roles of a-z, 0-9 and _, 1 to 32 characters"));
            }
            else if (role.Value.ValueKind != JsonValueKind.String)
            {
                _objections.Add(new($"{field}.{role.Name}", "must be a participant's id, a string"));
            }
            else if (Rules.Participants.ParticipantId.Check(role.Value.GetString() ?? "", $"{field}.{role.Name}") is { } broken)
            {
                _objections.Add(broken);
            }
            else
            {
                recipients.Add(role.Name, role.Value.GetString() ?? "");
            }
        }

        return recipients.ToImmutable();
    }

    /// <summary>The elements of an array; null where the member is none, and an objection has been made.</summary>
    public JsonElement? List(string field) =>
        Member(field) is { ValueKind: JsonValueKind.Array } member ? member : Refuse<JsonElement?>(field, "must be an array");

    public int? OptionalInt(string field, int least, int most)
    {
        if (Member(field) is not { } member)
        {
            return null;
        }

        return member.ValueKind == JsonValueKind.Number && member.TryGetInt32(out var value) && value >= least
            && value <= most
            ? value
            : Refuse<int?>(field, string.Create(CultureInfo.InvariantCulture, $"must be a whole number, {least} to {most}"));
    }

    /// <summary>A day, <c>2025-12-18</c>; null where the member is not there.</summary>
    public DateOnly? OptionalDay(string field)
    {
        if (Member(field) is not { } member)
        {
            return null;
        }

        return member.ValueKind == JsonValueKind.String && DateOnly.TryParseExact(
            member.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : Refuse<DateOnly?>(field, "must be a day, such as 2025-12-18");
    }

    public bool Bool(string field) => Member(field) is { ValueKind: JsonValueKind.True or JsonValueKind.False } member
        ? member.GetBoolean()
        : Refuse<bool>(field, "must be true or false");

    public bool? OptionalBool(string field) => Member(field) switch
    {
        null => null,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => Refuse<bool?>(field, "must be true or false"),
    };

    public DateTimeOffset Instant(string field) =>
        OptionalInstant(field) ?? (Member(field) is null ? Refuse<DateTimeOffset>(field, Inputs.Instant.Rule) : default);

    public DateTimeOffset? OptionalInstant(string field)
    {
        if (Member(field) is not { } member)
        {
            return null;
        }

        return member.ValueKind == JsonValueKind.String && Inputs.Instant.TryParse(member.GetString() ?? "", out var at)
            ? at
            : Refuse<DateTimeOffset?>(field, Inputs.Instant.Rule);
    }

    public WeekId Week(string field) =>
        Member(field) is { ValueKind: JsonValueKind.String } member && WeekId.TryParse(member.GetString(), out var week)
            ? week
            : Refuse<WeekId>(field, WeekPath.Rule);

    /// <summary>A member that is an object, for somebody else to read; null where it is not.</summary>
    public JsonElement? Nested(string field) =>
        Member(field) is { ValueKind: JsonValueKind.Object } member
            ? member
            : Refuse<JsonElement?>(field, "must be an object");

    /// <summary>Like <see cref="Nested"/>; null also where the member is not there.</summary>
    public JsonElement? OptionalNested(string field) => Member(field) is null ? null : Nested(field);

    // A null says as much as a missing member.
    private JsonElement? Member(string field)
    {
        _known.Add(field);
        return _document is not null && _document.RootElement.TryGetProperty(field, out var member)
            && member.ValueKind != JsonValueKind.Null
            ? member
            : null;
    }

    private T? Refuse<T>(string field, string rule)
    {
        _objections.Add(new(field, rule));
        return default;
    }
}
