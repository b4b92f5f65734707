using Stk.Rules.Money;

namespace Stk.GrainInterfaces.Weeks;

/// <summary>
/// One shard of a week: a 64th of the participants, anywhere in the cluster. Key: week and shard, <c>2025-W51/17</c>.
/// Each call may be repeated: what is done already is not done again.
/// </summary>
[Alias("stk.week-shard")]
public interface IWeekShardGrain : IGrainWithStringKey
{
    /// <summary>How long a shard of a million participants' week may take on a busy machine.</summary>
    private const string Patience = "00:10:00";

    /// <summary>Aggregates the sealed week's events into the shard's seal, and hashes it.</summary>
    /// <param name="rulesVersion">The rule book that the week was sealed with.</param>
    [Alias("aggregate"), ResponseTimeout(Patience)]
    Task<ShardSeal> Aggregate(int rulesVersion);

    /// <summary>Writes the shard's statements from its seal.</summary>
    [Alias("score"), ResponseTimeout(Patience)]
    Task Score(ScoreShard request);

    /// <summary>Posts the shard's rewards and grants.</summary>
    /// <returns>What was paid, over all its parts.</returns>
    [Alias("settle"), ResponseTimeout(Patience)]
    Task<Amount> Settle(ScoreShard request);
}

/// <param name="Hash">SHA-256 over the shard's seal.</param>
/// <param name="Participants">Those with points above zero.</param>
/// <param name="Total">Their rewards before the fund's factor.</param>
[GenerateSerializer, Immutable, Alias("stk.shard-seal")]
public sealed record ShardSeal(
    [property: Id(0)] byte[] Hash, [property: Id(1)] int Participants, [property: Id(2)] Amount Total);

/// <param name="Reserved">What the fund gave for the whole week.</param>
/// <param name="Total">The whole week's rewards before the fund's factor.</param>
/// <param name="RulesVersion">The rule book that the week was sealed with.</param>
[GenerateSerializer, Immutable, Alias("stk.score-shard")]
public sealed record ScoreShard(
    [property: Id(0)] Amount Reserved, [property: Id(1)] Amount Total, [property: Id(2)] int RulesVersion);
