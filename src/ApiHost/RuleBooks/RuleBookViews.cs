using System.Collections.Immutable;
using System.Text.Json;
using Stk.Rules.Weeks;

namespace Stk.ApiHost.RuleBooks;

/// <param name="Versions">Oldest first.</param>
internal sealed record RuleBooksView(ImmutableArray<RuleBookVersionView> Versions);

/// <param name="EffectiveFrom">The first week that it rules.</param>
/// <param name="By">Who announced it.</param>
internal sealed record RuleBookVersionView(
    int Version, WeekId EffectiveFrom, DateTimeOffset AnnouncedAt, string By, JsonElement Document);

/// <param name="EffectiveFrom">A coming week.</param>
/// <param name="Document">A whole rule book, as a version shows it; its number may be left out.</param>
internal sealed record RuleBookBody(WeekId EffectiveFrom, JsonElement Document);
