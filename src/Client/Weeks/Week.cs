using Stk.Rules.Money;
using Stk.Rules.Weeks;

namespace Stk.Client.Weeks;

/// <summary>Where a weekly run stands.</summary>
/// <param name="Done">The last stage done: aggregate, score, report or settle; null before the first.</param>
/// <param name="Doing">The stage under way.</param>
/// <param name="Rules">Version of the rule book.</param>
/// <param name="Total">Rewards of the week before the fund's factor.</param>
/// <param name="BlockedBy">Why the seal cannot be set yet.</param>
/// <param name="Fault">What went wrong at the last try.</param>
/// <param name="Forced">An operator asked to close it.</param>
public sealed record Week(
    [property: System.Text.Json.Serialization.JsonPropertyName("week")] WeekId Id, string? Done, string? Doing,
    int ShardsDone, int Shards, DateTimeOffset? SealedAt, int? Rules, int Participants, Amount? Total, Amount? Reserved,
    Amount Paid, string? BlockedBy, string? Fault, bool Forced);
