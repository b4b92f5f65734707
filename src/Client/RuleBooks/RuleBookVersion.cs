using System.Text.Json;
using Stk.Rules.Weeks;

namespace Stk.Client.RuleBooks;

/// <param name="EffectiveFrom">The first week that it rules.</param>
/// <param name="By">Who announced it.</param>
public sealed record RuleBookVersion(
    int Version, WeekId EffectiveFrom, DateTimeOffset AnnouncedAt, string By, JsonElement Document);
