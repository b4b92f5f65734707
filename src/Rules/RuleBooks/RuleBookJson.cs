using System.Buffers;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;
using Stk.Rules.Money;
using Stk.Rules.Objections;
using Stk.Rules.Spending;

namespace Stk.Rules.RuleBooks;

/// <summary>What came of reading a rule book. A closed set.</summary>
public abstract record RuleBookReading
{
    private RuleBookReading()
    {
    }

    public sealed record Read(RuleBook Book) : RuleBookReading;

    /// <param name="Objections">At least one.</param>
    public sealed record Refused(ImmutableArray<Objection> Objections) : RuleBookReading;
}

/// <summary>The document form of a rule book. The same rule book always gives the same bytes.</summary>
public static partial class RuleBookJson
{
    private const string WholeNumber = "must be a whole number";
    private const string AnObject = "must be an object";
    private const string AList = "must be a list";

    // The names are Russian: kept legible, and nobody puts the document into HTML unescaped.
    private static readonly JsonWriterOptions Compact = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>UTF-8, compact, members and lists in fixed order.</summary>
    public static byte[] Write(RuleBook book)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, Compact))
        {
            json.WriteStartObject();
            json.WriteNumber("version", book.Version);
            json.WriteStartArray("activities");
            foreach (var rule in book.Activities)
            {
                json.WriteStartObject();
                json.WriteString("type", rule.Type);
                json.WriteNumber("weight", rule.Weight);
                json.WriteNumber("dayLimit", rule.DayLimit);
                json.WriteNumber("vestsDays", rule.VestsDays);
                json.WriteNumber("vestsDaysMax", rule.VestsDaysMax);
                json.WriteString("origin", WireName(rule.Origin));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("levels");
            foreach (var level in book.Levels)
            {
                json.WriteStartObject();
                json.WriteNumber("level", level.Number);
                json.WriteString("name", level.Name);
                json.WriteString("coefficient", level.Coefficient.ToString());
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("consistency");
            foreach (var coefficient in book.Consistency)
            {
                json.WriteStringValue(coefficient.ToString());
            }

            json.WriteEndArray();
            json.WriteStartObject("emission");
            for (var i = 0; i < Funds.All.Length; i++)
            {
                json.WriteNumber(Funds.All[i].WireName(), book.EmissionSharesBp[i]);
            }

            json.WriteEndObject();
            WriteSaid(json, book);
            json.WriteEndObject();
        }

        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>
    /// Reads what <see cref="Write"/> has written, of this build or of a later one: what only that one knows is passed over.
    /// Its bytes stay in the table, so an old silo goes on beside a new one.
    /// </summary>
    /// <exception cref="InvalidDataException">It is no rule book: the stored document was altered.</exception>
    public static RuleBook ReadStored(ReadOnlySpan<byte> utf8)
    {
        try
        {
            var reader = new Utf8JsonReader(utf8);
            using var document = JsonDocument.ParseValue(ref reader);
            return Read(document.RootElement, version: null, new ObjectionList(UnknownMembers.PassedOver)) switch
            {
                RuleBookReading.Read read => read.Book,
                RuleBookReading.Refused refused =>
                    throw new InvalidDataException($"stored rule book: {refused.Objections[0]}"),
                _ => throw new UnreachableException(),
            };
        }
        catch (JsonException altered)
        {
            throw new InvalidDataException("stored rule book: it is no JSON", altered);
        }
    }

    /// <summary>Reads a document and lists every objection to it.</summary>
    /// <param name="version">
    /// The number it is to have; the document may leave it out or say the same. Null: the document says it.
    /// </param>
    public static RuleBookReading Read(JsonElement document, int? version = null) =>
        Read(document, version, new ObjectionList(UnknownMembers.Refused));

    private static RuleBookReading Read(JsonElement document, int? version, ObjectionList objections)
    {
        var root = Members.Of(document, "", objections, RuleBookSections.Known.AsSpan());
        var said = root.Has("version") || version is null ? root.Int("version") : version.Value;
        if (version is { } assigned && said != assigned)
        {
            objections.Add(new("version", "must be the next version, or left out"));
        }

        var activities = root.List("activities", (element, path) =>
        {
            var rule = Members.Of(element, path, objections,
                ["type", "weight", "dayLimit", "vestsDays", "vestsDaysMax", "origin"]);
            var vestsDays = rule.Int("vestsDays");
            return new ActivityRule(
                rule.Text("type"),
                rule.Int("weight"),
                rule.Int("dayLimit"),
                vestsDays,
                rule.Has("vestsDaysMax") ? rule.Int("vestsDaysMax") : vestsDays,
                rule.Text("origin") switch
                {
                    "source" => RuleOrigin.Source,
                    "ours" => RuleOrigin.Ours,
                    _ => default,
                });
        });
        var levels = root.List("levels", (element, path) =>
        {
            var level = Members.Of(element, path, objections, ["level", "name", "coefficient"]);
            return new Level(level.Int("level"), level.Text("name"), level.Coefficient("coefficient"));
        });
        var consistency = root.List("consistency", (element, path) => Members.Coefficient(element, path, objections));
        var shares = Members.Of(root.Value("emission"), "emission", objections,
            [.. Funds.All.Select(fund => fund.WireName())]);
        ImmutableArray<int> sharesBp = [.. Funds.All.Select(fund => shares.Int(fund.WireName()))];

        var spending = root.Has("spending") ? ReadSpending(root.Value("spending"), objections) : SpendingRules.Default;
        var bounds = root.Has("bounds") ? ReadBounds(root.Value("bounds"), objections) : WeekBounds.None;
        var vesting = root.Has("vesting") ? ReadVesting(root.Value("vesting"), objections) : VestingRules.Default;
        var inactivity = root.Has("inactivity")
            ? ReadInactivity(root.Value("inactivity"), objections)
            : InactivityRules.Default;
        var settlement = root.Has("settlement")
            ? ReadSettlement(root.Value("settlement"), objections)
            : SettlementRules.Default;

        // What could not be read would only be objected to again.
        if (objections.Count == 0)
        {
            objections.AddRange(objections.IsProposals ? NamesOfEvidence(activities) : []);
            objections.AddRange(RuleBookRules.Check(said, activities, levels, consistency, sharesBp));
            objections.AddRange(spending.Check());
            objections.AddRange(bounds.Check());
            objections.AddRange(vesting.Check(activities));
            objections.AddRange(inactivity.Check());
            objections.AddRange(settlement.Check());
        }

        return objections.Count == 0
            ? new RuleBookReading.Read(new RuleBook(
                said, activities, levels, consistency, sharesBp, spending, bounds, vesting, inactivity, settlement))
            : new RuleBookReading.Refused(objections.ToImmutable());
    }

    // What is the default is left out: documents from before there was such a section stay the same bytes.
    private static void WriteSaid(Utf8JsonWriter json, RuleBook book)
    {
        if (book.Spending != SpendingRules.Default)
        {
            WriteSpending(json, book.Spending);
        }

        if (book.Bounds != WeekBounds.None)
        {
            WriteBounds(json, book.Bounds);
        }

        if (book.Vesting != VestingRules.Default)
        {
            WriteVesting(json, book.Vesting);
        }

        if (book.Inactivity != InactivityRules.Default)
        {
            WriteInactivity(json, book.Inactivity);
        }

        if (book.Settlement != SettlementRules.Default)
        {
            WriteSettlement(json, book.Settlement);
        }
    }

    private static void WriteSpending(Utf8JsonWriter json, SpendingRules spending)
    {
        json.WriteStartObject("spending");
        if (spending.TransferMax is { } transferMax)
        {
            json.WriteString("transferMax", transferMax.ToString());
        }

        if (spending.TransferDayMax is { } dayMax)
        {
            json.WriteString("transferDayMax", dayMax.ToString());
        }

        json.WriteNumber("transferFeeBp", spending.TransferFeeBp);
        json.WriteNumber("refundDays", spending.RefundDays);
        json.WriteString("approvalAbove", spending.ApprovalAbove.ToString());
        json.WriteEndObject();
    }

    // Each member may be left out: it is the default then.
    private static SpendingRules ReadSpending(JsonElement element, ObjectionList objections)
    {
        var members = Members.Of(element, "spending", objections,
            ["transferMax", "transferDayMax", "transferFeeBp", "refundDays", "approvalAbove"]);
        var silent = SpendingRules.Default;
        return new(
            members.Has("transferMax") ? members.Amount("transferMax") : silent.TransferMax,
            members.Has("transferDayMax") ? members.Amount("transferDayMax") : silent.TransferDayMax,
            members.Has("transferFeeBp") ? members.Int("transferFeeBp") : silent.TransferFeeBp,
            members.Has("refundDays") ? members.Int("refundDays") : silent.RefundDays,
            members.Has("approvalAbove") ? members.Amount("approvalAbove") : silent.ApprovalAbove);
    }

    private static void WriteBounds(Utf8JsonWriter json, WeekBounds bounds)
    {
        json.WriteStartObject("bounds");
        if (bounds.TotalTimes is { } totalTimes)
        {
            json.WriteString("totalTimes", totalTimes.ToString());
        }

        if (bounds.PeopleTimes is { } peopleTimes)
        {
            json.WriteString("peopleTimes", peopleTimes.ToString());
        }

        if (bounds.NewcomersRiseBp is { } newcomersRiseBp)
        {
            json.WriteNumber("newcomersRiseBp", newcomersRiseBp);
        }

        if (bounds.SourceRiseBp is { } sourceRiseBp)
        {
            json.WriteNumber("sourceRiseBp", sourceRiseBp);
        }

        json.WriteEndObject();
    }

    // Each member may be left out: there is no such bound then.
    private static WeekBounds ReadBounds(JsonElement element, ObjectionList objections)
    {
        var members = Members.Of(element, "bounds", objections,
            ["totalTimes", "peopleTimes", "newcomersRiseBp", "sourceRiseBp"]);
        return new(
            members.Has("totalTimes") ? members.Coefficient("totalTimes") : null,
            members.Has("peopleTimes") ? members.Coefficient("peopleTimes") : null,
            members.Has("newcomersRiseBp") ? members.Int("newcomersRiseBp") : null,
            members.Has("sourceRiseBp") ? members.Int("sourceRiseBp") : null);
    }

    private static string WireName(RuleOrigin origin) => origin switch
    {
        RuleOrigin.Source => "source",
        RuleOrigin.Ours => "ours",
        _ => throw new UnreachableException(),
    };

    private enum UnknownMembers
    {
        Refused,
        PassedOver,
    }

    private sealed class ObjectionList(UnknownMembers unknown)
    {
        private readonly ImmutableArray<Objection>.Builder _all = ImmutableArray.CreateBuilder<Objection>();

        public int Count => _all.Count;

        public bool IsProposals => unknown == UnknownMembers.Refused;

        public void Add(Objection objection) => _all.Add(objection);

        public void AddRange(ImmutableArray<Objection> objections) => _all.AddRange(objections);

        // In a proposal: a misspelt member would silently change nothing.
        public void AddUnknown(string at)
        {
            if (unknown == UnknownMembers.Refused)
            {
                _all.Add(new(at, "must hold no member that is not known"));
            }
        }

        public ImmutableArray<Objection> ToImmutable() => _all.ToImmutable();
    }

    /// <summary>One object's members. What is missing or of the wrong kind is objected to, and reads as nothing.</summary>
    private sealed class Members
    {
        private readonly Dictionary<string, JsonElement> _values = new(StringComparer.Ordinal);
        private readonly ObjectionList _objections;
        private readonly string _path;

        private Members(string path, ObjectionList objections)
        {
            _path = path;
            _objections = objections;
        }

        public static Members Of(
            JsonElement element, string path, ObjectionList objections, ReadOnlySpan<string> known)
        {
            var members = new Members(path, objections);
            var at = path.Length == 0 ? "$" : path;
            if (element.ValueKind != JsonValueKind.Object)
            {
                objections.Add(new(at, AnObject));
                return members;
            }

            foreach (var member in element.EnumerateObject())
            {
                var name = JsonText.TryGetName(member);
                if (name is null || !known.Contains(name))
                {
                    objections.AddUnknown(at);
                }
                else if (!members._values.TryAdd(name, member.Value))
                {
                    objections.Add(new(members.Path(name), "must not stand twice"));
                }
            }

            return members;
        }

        public static Coefficient Coefficient(
            JsonElement element, string path, ObjectionList objections)
        {
            if (JsonText.TryGet(element) is { } text && RuleBooks.Coefficient.TryParse(text, out var coefficient))
            {
                return coefficient;
            }

            objections.Add(new(path, "must be a string of digits with at most 2 decimals, such as \"1.5\""));
            return RuleBooks.Coefficient.One;
        }

        public bool Has(string name) => _values.ContainsKey(name);

        public JsonElement Value(string name) => _values.GetValueOrDefault(name);

        public static int Int(JsonElement element, string path, ObjectionList objections)
        {
            if (element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out var value))
            {
                return value;
            }

            objections.Add(new(path, WholeNumber));
            return 0;
        }

        public int Int(string name) => Int(Value(name), Path(name), _objections);

        public string Text(string name)
        {
            if (JsonText.TryGet(Value(name)) is { } text)
            {
                return text;
            }

            _objections.Add(new(Path(name), "must be a string"));
            return "";
        }

        public Amount Amount(string name)
        {
            if (JsonText.TryGet(Value(name)) is { } text && Money.Amount.TryParse(text, out var amount))
            {
                return amount;
            }

            _objections.Add(new(Path(name), "must be a string of digits with at most 6 decimals, such as \"0.5\""));
            return default;
        }

        public Coefficient Coefficient(string name) => Coefficient(Value(name), Path(name), _objections);

        public ImmutableArray<T> List<T>(string name, Func<JsonElement, string, T> read)
        {
            if (Value(name) is not { ValueKind: JsonValueKind.Array } list)
            {
                _objections.Add(new(Path(name), AList));
                return [];
            }

            return [.. list.EnumerateArray().Select((element, index) => read(element, $"{Path(name)}[{index}]"))];
        }

        private string Path(string name) => _path.Length == 0 ? name : $"{_path}.{name}";
    }
}
