using System.Collections.Immutable;
using System.Globalization;
using Stk.Rules.Intake;
using Stk.Rules.Objections;
using Stk.Rules.RuleBooks;
using Stk.Rules.Texts;

namespace Stk.Rules.Sources;

/// <summary>What an operator may set of a source.</summary>
public static class SourceSettingsRules
{
    /// <summary>Unit: entries of <c>types</c>, <c>map</c> or <c>leaveOutCategories</c>.</summary>
    public const int MaxEntries = 500;

    /// <summary>Unit: characters of <c>address</c>.</summary>
    public const int MaxAddressCharacters = 500;

    /// <summary>Unit: characters of a name of a source whose secrets are files.</summary>
    public const int MaxNameCharacters = 60;

    private const int DefaultRequestsPerMinute = 60;

    /// <summary>The settings that a draft comes to, or all that is wrong with it.</summary>
    /// <param name="name">The source's: those that are not push have files of this name.</param>
    public static SettingsVerdict Check(string name, SourceDraft draft)
    {
        var wrong = ImmutableArray.CreateBuilder<Objection>();
        SourceKind? known = draft.Kind is { } said ? SourceKinds.OfWireName(said) : SourceKind.Push;
        if (known is not { } kind)
        {
            // What else is wrong depends on it.
            return new SettingsVerdict.Invalid([new("kind", "must be push, posthog, discourse or aisystant")]);
        }

        if (OutsideName.BrokenOfSource(name) is { } broken)
        {
            wrong.Add(new("name", broken));
        }
        else if (kind != SourceKind.Push)
        {
            Add(wrong, "name", BrokenFileName(name));
        }

        var address = Address(draft, kind, wrong);
        CheckProject(draft, kind, wrong);
        var names = draft.Namespace ?? "";
        Add(wrong, "namespace", IdentityName.BrokenNamespace(names));
        var types = Types(draft.Types, wrong);
        var duties = Duties(draft.Duties, wrong);
        Range(wrong, "heldAfterHours", draft.HeldAfterHours, 1, 8_784);
        if (draft.BudgetPerDay < 1)
        {
            wrong.Add(new("budgetPerDay", "must be a whole number of points above 0, or null"));
        }

        var pull = Pull(draft.Pull, kind, wrong);
        var map = Map(draft.Map, kind, wrong);
        var leftOut = LeftOut(draft.LeaveOutCategories, kind, wrong);
        return wrong.Count > 0
            ? new SettingsVerdict.Invalid(wrong.ToImmutable())
            : new SettingsVerdict.Valid(new(kind, address, draft.Project, names, types, duties, pull, map, leftOut)
            {
                MayLevel = draft.MayLevel ?? false,
                MayRegister = draft.MayRegister ?? false,
                HeldAfter = draft.HeldAfterHours is { } hours ? TimeSpan.FromHours(hours) : null,
                BudgetPerDay = draft.BudgetPerDay,
                IsActive = draft.Active ?? true,
            });
    }

    /// <summary>Why no source with secrets is called so; null where one may be.</summary>
    public static string? BrokenFileName(string name) => IsFileName(name)
        ? null
        : "must be 1 to 60 of a-z, 0-9 and -, a letter first: its secrets are files";

    private static bool IsFileName(string name) => name.Length is > 0 and <= MaxNameCharacters
        && char.IsAsciiLetterLower(name[0])
        && name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-');

    private static string? Address(SourceDraft draft, SourceKind kind, ImmutableArray<Objection>.Builder wrong)
    {
        if (draft.Address is not { } text)
        {
            Add(wrong, "address", draft.Pull is not null && kind != SourceKind.Push ? "must be there where pull is" : null);
            return null;
        }

        if (kind == SourceKind.Push)
        {
            wrong.Add(new("address", "must not be there where kind is push"));
            return null;
        }

        var isAddress = text.Length <= MaxAddressCharacters && Uri.TryCreate(text, UriKind.Absolute, out var found)
            && (found.Scheme == Uri.UriSchemeHttps || (found.Scheme == Uri.UriSchemeHttp && found.IsLoopback))
            && found.UserInfo.Length == 0 && !text.AsSpan().ContainsAny("?#@\\")
            && !text.Any(letter => char.IsWhiteSpace(letter) || char.IsControl(letter));
        if (!isAddress)
        {
            wrong.Add(new(
                "address", "must be a base address of https, or of http on loopback, without user, query and fragment"));
        }

        return text.TrimEnd('/');
    }

    private static void CheckProject(SourceDraft draft, SourceKind kind, ImmutableArray<Objection>.Builder wrong) =>
        Add(wrong, "project", (draft.Project, kind) switch
        {
            (null, SourceKind.PostHog) when draft.Pull is not null => "must be there where PostHog is pulled",
            (null, _) => null,
            (not null, not SourceKind.PostHog) => "must not be there where kind is not posthog",
            ( < 1, _) => "must be a whole number above 0",
            _ => null,
        });

    private static ImmutableHashSet<string>? Types(
        ImmutableArray<string?>? listed, ImmutableArray<Objection>.Builder wrong)
    {
        if (listed is not { IsDefault: false } types)
        {
            return null;
        }

        Add(wrong, "types", types.Length > MaxEntries ? "must have at most 500 entries" : null);
        var known = ImmutableHashSet.CreateBuilder<string>(StringComparer.Ordinal);
        for (var place = 0; place < types.Length && place < MaxEntries; place++)
        {
            var field = string.Create(CultureInfo.InvariantCulture, $"types[{place}]");
            if (TypeBroken(types[place]) is { } broken)
            {
                wrong.Add(new(field, broken));
            }
            else if (!known.Add(types[place] ?? ""))
            {
                wrong.Add(new(field, "must not stand twice"));
            }
        }

        return known.ToImmutable();
    }

    private static SourceDuties Duties(ImmutableArray<string?>? listed, ImmutableArray<Objection>.Builder wrong)
    {
        if (listed is not { IsDefault: false } names)
        {
            return SourceDuties.Events;
        }

        var duties = SourceDuties.None;
        for (var place = 0; place < names.Length && place < MaxEntries; place++)
        {
            var field = string.Create(CultureInfo.InvariantCulture, $"duties[{place}]");
            if (names[place] is not { } name || SourceDutyNames.OfWireName(name) is not { } duty)
            {
                wrong.Add(new(field, "must be events, entitlements, prices, income or widget"));
            }
            else if (duties.HasFlag(duty))
            {
                wrong.Add(new(field, "must not stand twice"));
            }
            else
            {
                duties |= duty;
            }
        }

        return duties;
    }

    private static PullSettings? Pull(PullDraft? draft, SourceKind kind, ImmutableArray<Objection>.Builder wrong)
    {
        if (draft is null)
        {
            return null;
        }

        if (kind == SourceKind.Push)
        {
            wrong.Add(new("pull", "must be null where kind is push"));
            return null;
        }

        Required(wrong, "pull.everySeconds", draft.EverySeconds, 1, 86_400);
        Range(wrong, "pull.overlapHours", draft.OverlapHours, 0, 720);
        Required(wrong, "pull.settleMinutes", draft.SettleMinutes, 0, 10_080);
        if (draft.From is not { } from || from < OutcomeRules.Earliest)
        {
            wrong.Add(new("pull.from", "must be an instant not before the year 2000"));
        }

        Range(wrong, "pull.requestsPerMinute", draft.RequestsPerMinute, 1, 6_000);
        return new(
            TimeSpan.FromSeconds(draft.EverySeconds ?? 0), TimeSpan.FromHours(draft.OverlapHours ?? 0),
            TimeSpan.FromMinutes(draft.SettleMinutes ?? 0), (draft.From ?? default).ToUniversalTime(),
            draft.RequestsPerMinute ?? DefaultRequestsPerMinute);
    }

    private static ImmutableDictionary<string, string> Map(
        ImmutableDictionary<string, string?>? draft, SourceKind kind, ImmutableArray<Objection>.Builder wrong)
    {
        var map = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        if (draft is not { Count: > 0 })
        {
            return map.ToImmutable();
        }

        Add(wrong, "map", kind != SourceKind.PostHog ? "must not be there where kind is not posthog"
            : draft.Count > MaxEntries ? "must have at most 500 entries"
            : null);
        foreach (var (name, type) in draft.OrderBy(entry => entry.Key, StringComparer.Ordinal).Take(MaxEntries))
        {
            // The field is the member, not the name: an objection holds no value that was sent.
            if ((PlainText.Broken(name, OutsideName.MaxCharacters) ?? TypeBroken(type)) is { } broken)
            {
                wrong.Add(new("map", broken));
            }

            map[name] = type ?? "";
        }

        return map.ToImmutable();
    }

    private static ImmutableHashSet<long> LeftOut(
        ImmutableArray<long>? draft, SourceKind kind, ImmutableArray<Objection>.Builder wrong)
    {
        if (draft is not { IsDefaultOrEmpty: false } categories)
        {
            return [];
        }

        Add(wrong, "leaveOutCategories", kind != SourceKind.Discourse ? "must not be there where kind is not discourse"
            : categories.Length > MaxEntries ? "must have at most 500 entries"
            : categories.Any(category => category < 1) ? "must be whole numbers above 0"
            : null);
        return [.. categories];
    }

    private static string? TypeBroken(string? type) => type is null
        ? PlainText.Length(RuleBookRules.MaxTypeCharacters)
        : PlainText.Broken(type, RuleBookRules.MaxTypeCharacters);

    private static void Required(ImmutableArray<Objection>.Builder wrong, string field, int? value, int least, int most) =>
        Range(wrong, field, value ?? (least - 1), least, most);

    private static void Range(ImmutableArray<Objection>.Builder wrong, string field, int? value, int least, int most)
    {
        if (value < least || value > most)
        {
            wrong.Add(new(field, string.Create(
                CultureInfo.InvariantCulture, $"must be a whole number from {least} to {most}")));
        }
    }

    private static void Add(ImmutableArray<Objection>.Builder wrong, string field, string? rule)
    {
        if (rule is not null)
        {
            wrong.Add(new(field, rule));
        }
    }
}
