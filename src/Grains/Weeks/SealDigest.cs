using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Stk.Rules.Money;
using Stk.Rules.RuleBooks;
using Stk.Rules.Statements;

namespace Stk.Grains.Weeks;

/// <summary>
/// Reads a shard's seal once, in order, for its SHA-256 and for what its rewards come to. A line a row, its columns
/// between tabs: no type holds a control character.
/// </summary>
internal sealed class SealDigest(RuleBook book)
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly StringBuilder _line = new();
    private int _participants;
    private Amount _total;

    /// <summary>
    /// The hash of a whole week: over the hashes of its shards that had events, each behind its number; then over that of
    /// the rule book that they are scored by.
    /// </summary>
    /// <param name="rulesHash">Null for a week that was sealed before it was kept.</param>
    public static byte[] OfWeek(IEnumerable<SealedShard> shards, byte[]? rulesHash)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var shard in shards.OrderBy(shard => shard.Shard))
        {
            hash.AppendData([(byte)shard.Shard]);
            hash.AppendData(shard.Hash);
        }

        hash.AppendData(rulesHash ?? []);
        return hash.GetHashAndReset();
    }

    public void Add(SealedParticipant participant)
    {
        _line.Clear();
        foreach (var activity in participant.Activities)
        {
            _line.Append(CultureInfo.InvariantCulture, $"{participant.Number}\t{activity.Type}\t{activity.Day:yyyy-MM-dd}\t");
            _line.Append(CultureInfo.InvariantCulture, $"{activity.VestsDays}\t{activity.Received}\t{activity.Counted}\t");
            _line.Append(CultureInfo.InvariantCulture, $"{participant.Level}\t{participant.StreakBefore}\n");
        }

        _hash.AppendData(Encoding.UTF8.GetBytes(_line.ToString()));
        if (Scoring.Score(participant, book) is { } scored)
        {
            _participants++;
            _total += scored.FullReward;
        }
    }

    public SealedShard Finish(int shard)
    {
        using (_hash)
        {
            return new(shard, _hash.GetHashAndReset(), _participants, _total);
        }
    }
}
