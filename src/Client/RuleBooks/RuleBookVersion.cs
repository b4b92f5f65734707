using System.Text.Json;
using Stk.Rules.Weeks;

namespace Stk.Client.RuleBooks;

/// <param name="EffectiveFrom">The first week that it rules.</param>
/// <param name="By">Who asked for it.</param>
/// <param name="ApprovedBy">The second operator; null for those announced before two were needed.</param>
/// <param name="WithdrawnAt">When it was taken back before it ruled; null where it was not.</param>
public sealed record RuleBookVersion(
    int Version, WeekId EffectiveFrom, DateTimeOffset AnnouncedAt, string By, JsonElement Document,
    string? ApprovedBy = null, DateTimeOffset? WithdrawnAt = null);
