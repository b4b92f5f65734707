using System.Collections.Immutable;
using System.Text.Json;
using Stk.Rules.Weeks;

namespace Stk.ApiHost.RuleBooks;

/// <param name="Versions">Oldest first.</param>
internal sealed record RuleBooksView(ImmutableArray<RuleBookVersionView> Versions);

/// <param name="EffectiveFrom">The first week that it rules.</param>
/// <param name="By">Who asked for it.</param>
/// <param name="ApprovedBy">The second operator; null for those announced before two were needed.</param>
/// <param name="WithdrawnAt">When it was taken back before it ruled; null where it was not.</param>
internal sealed record RuleBookVersionView(
    int Version, WeekId EffectiveFrom, DateTimeOffset AnnouncedAt, string By, string? ApprovedBy,
    DateTimeOffset? WithdrawnAt, JsonElement Document);

/// <param name="EffectiveFrom">A coming week, at most a year ahead.</param>
/// <param name="Document">A whole rule book, as a version shows it; its number may be left out.</param>
/// <param name="Reason">Why, for who approves it and for the record: 1 to 280 characters, or absent.</param>
internal sealed record RuleBookBody(WeekId EffectiveFrom, JsonElement Document, string? Reason = null);

/// <param name="Versions">Oldest first.</param>
internal sealed record PublicRulesView(ImmutableArray<PublicRulesVersion> Versions);

/// <param name="EffectiveFrom">The first week that it rules; the first version rules all weeks before too.</param>
/// <param name="AnnouncedAt">By the economy's clock.</param>
internal sealed record PublicRulesVersion(
    int Version, WeekId EffectiveFrom, DateTimeOffset AnnouncedAt, JsonElement Document);
