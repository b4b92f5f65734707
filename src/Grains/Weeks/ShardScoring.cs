using System.Runtime.CompilerServices;
using Stk.Rules.Rewards;
using Stk.Rules.RuleBooks;
using Stk.Rules.Statements;
using Stk.Rules.Weeks;

namespace Stk.Grains.Weeks;

/// <summary>A shard's statements from its seal, the rule book and what the week reserved: from nothing else.</summary>
internal static class ShardScoring
{
    /// <param name="seal">By participant number.</param>
    /// <returns>By participant number; one for each participant with points.</returns>
    public static async IAsyncEnumerable<Statement> Statements(
        IAsyncEnumerable<SealedParticipant> seal, WeekId week, RuleBook book, FundScaling scaling,
        [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await foreach (var participant in seal.WithCancellation(cancellation))
        {
            if (Scoring.Score(participant, book) is { } scored)
            {
                yield return Statement.Of(scored, week, scaling, book.Version);
            }
        }
    }
}
