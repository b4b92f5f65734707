using System.Security.Cryptography;
using Npgsql;
using Stk.Grains.RuleBooks;
using Stk.Ledger.Accounts;
using Stk.Reports.Statements;
using Stk.Reports.Weekly;
using Stk.Rules.Money;
using Stk.Rules.Participants;
using Stk.Rules.Rewards;
using Stk.Rules.RuleBooks;
using Stk.Rules.Statements;
using Stk.Rules.Weeks;
using Stk.Storage.Sql;

namespace Stk.Grains.Weeks;

/// <summary>
/// Computes a sealed week again, from the seal, the rule book and what the journal says was reserved: never from the
/// stored statements, which are held against the result. Needs the database and no cluster.
/// </summary>
public sealed class Recomputation
{
    private const string ReservedSql = """
        SELECT posting.amount_micro FROM ledger.transactions transaction
        JOIN ledger.postings posting USING (sequence, position)
        JOIN ledger.accounts account ON account.id = posting.account_id
        WHERE transaction.id = $1 AND account.kind = $2
        """;

    private const string RulesHashSql = "SELECT sha256(document) FROM economy.rule_books WHERE version = $1";

    private const string IdsSql = """
        SELECT participant.number, participant.id FROM activity.participants participant
        WHERE participant.number = ANY($1)
        """;

    private readonly NpgsqlDataSource _database;
    private readonly RunTable _runs;
    private readonly SealTable _seals;
    private readonly StatementTable _statements;
    private readonly RuleBookTable _ruleBooks;
    private readonly List<string> _differences = [];
    private readonly List<(string Id, Statement Statement)> _computed = [];

    public Recomputation(NpgsqlDataSource database)
    {
        _database = database;
        _runs = new(database);
        _seals = new(database);
        _statements = new(database);
        _ruleBooks = new(database);
    }

    /// <summary>What does not fit, a sentence each, by table and row; empty where all does.</summary>
    public IReadOnlyList<string> Differences => _differences;

    /// <summary>Statements computed.</summary>
    public int Count => _computed.Count;

    /// <returns>False where the week is not sealed, or has not been scored yet.</returns>
    public async Task<bool> Run(WeekId week, CancellationToken cancellation)
    {
        if (await _runs.Read(week, cancellation) is not { ScoredAt: not null, Total: { } total, Reserved: { } reserved } run)
        {
            return false;
        }

        var book = await _ruleBooks.ReadVersion(run.RulesVersion, cancellation);
        await CheckSeal(run, book, total, cancellation);
        await CheckRules(run, cancellation);
        await CheckReserved(week, reserved, cancellation);
        for (var shard = 0; shard < ParticipantId.Shards; shard++)
        {
            await Compute(week, shard, book, new(reserved, total), cancellation);
        }

        _computed.Sort((left, right) => CodePointComparer.Instance.Compare(left.Id, right.Id));
        if (run.ExportHash is { } exportHash)
        {
            using var csv = new MemoryStream();
            await WriteCsv(csv, week, cancellation);
            Expect(
                SHA256.HashData(csv.ToArray()).AsSpan().SequenceEqual(exportHash),
                $"weeks.runs, week {week}: export_hash is not that of the recomputed export");
        }

        return true;
    }

    /// <summary>The export of the week, as computed.</summary>
    public async Task WriteCsv(Stream stream, WeekId week, CancellationToken cancellation)
    {
        await WeeklyCsv.WriteHeader(stream, cancellation);
        await WeeklyCsv.WriteRows(
            stream, week, _computed.Select(line => new WeeklyRow(line.Id, line.Statement.Reward)), cancellation);
    }

    /// <summary>The statements of the week as JSON, one a line, by participant id, as computed.</summary>
    public async Task WriteStatements(Stream stream, CancellationToken cancellation)
    {
        foreach (var (id, statement) in _computed)
        {
            await stream.WriteAsync(StatementJson.WriteShown(statement, id), cancellation);
            stream.WriteByte((byte)'\n');
        }
    }

    private async Task CheckSeal(Run run, RuleBook book, Amount total, CancellationToken cancellation)
    {
        var stored = await _seals.ReadShards(run.Week, cancellation);
        var computed = new List<SealedShard>();
        for (var shard = 0; shard < ParticipantId.Shards; shard++)
        {
            var digest = new SealDigest(book);
            var isEmpty = true;
            await foreach (var participant in _seals.Read(run.Week, shard, cancellation))
            {
                digest.Add(participant);
                isEmpty = false;
            }

            var sealedShard = digest.Finish(shard);
            var found = stored.FirstOrDefault(row => row.Shard == shard);
            if (found is not null || !isEmpty)
            {
                computed.Add(sealedShard);
                Expect(
                    found is not null && found.Hash.AsSpan().SequenceEqual(sealedShard.Hash),
                    $"weeks.seals, week {run.Week}, shard {shard}: its rows are not those that were sealed (SHA-256 differs)");
            }
        }

        Expect(
            run.SealHash is not null && SealDigest.OfWeek(computed, run.RulesHash).AsSpan().SequenceEqual(run.SealHash),
            $"weeks.runs, week {run.Week}: seal_hash is not that of its shards");
        Expect(
            run.Participants == computed.Sum(shard => shard.Participants),
            $"weeks.runs, week {run.Week}: participants is {run.Participants}, the seal has {computed.Sum(shard => shard.Participants)}");
        var sum = Amount.Sum(computed.Select(shard => shard.Total));
        Expect(sum == total, $"weeks.runs, week {run.Week}: total is {total} STK, the seal gives {sum}");
    }

    private async Task CheckRules(Run run, CancellationToken cancellation)
    {
        await using var command = _database.CreateCommand(RulesHashSql).With(run.RulesVersion);
        var stored = await command.ExecuteScalarAsync(cancellation) as byte[] ?? [];
        Expect(
            run.RulesHash is null || stored.AsSpan().SequenceEqual(run.RulesHash),
            $"economy.rule_books, version {run.RulesVersion}: it is not the one that week {run.Week} was sealed under (SHA-256 differs)");
    }

    private async Task CheckReserved(WeekId week, Amount reserved, CancellationToken cancellation)
    {
        await using var command = _database.CreateCommand(ReservedSql)
            .With(WeekPayments.ReserveId(week)).With((short)AccountKind.Week);
        var posted = new Amount(await command.ExecuteScalarAsync(cancellation) as long? ?? 0);
        Expect(
            posted == reserved,
            $"weeks.runs, week {week}: reserved is {reserved} STK, the journal has reserved {posted}");
    }

    private async Task Compute(
        WeekId week, int shard, RuleBook book, FundScaling scaling, CancellationToken cancellation)
    {
        var computed = await ShardScoring
            .Statements(_seals.Read(week, shard, cancellation), week, book, scaling, cancellation)
            .ToListAsync(cancellation);
        var stored = (await _statements.Read(week, shard, cancellation)).ToDictionary(row => row.Participant);
        var ids = await ReadIds([.. computed.Select(statement => statement.Participant)], cancellation);
        foreach (var statement in computed)
        {
            var number = statement.Participant;
            _computed.Add((ids.GetValueOrDefault(number, $"erased-{number}"), statement));
            var row = $"weeks.statements, week {week}, participant {number}";
            if (!stored.Remove(number, out var found))
            {
                _differences.Add($"{row}: missing");
                continue;
            }

            Expect(
                found.Document.AsSpan().SequenceEqual(StatementJson.WriteStored(statement)),
                $"{row}: the document is not what the seal gives");
            Expect(
                (found.Level, found.Streak, found.Points, found.Reward, found.Available, found.Frozen)
                    == (statement.Level, statement.Streak, statement.Points, statement.Reward, statement.Available,
                        statement.Frozen),
                $"{row}: a column is not what the seal gives");
        }

        _differences.AddRange(stored.Keys.Order().Select(number =>
            $"weeks.statements, week {week}, participant {number}: the seal has no points for it"));
    }

    private async Task<Dictionary<long, string>> ReadIds(long[] numbers, CancellationToken cancellation)
    {
        var ids = new Dictionary<long, string>(numbers.Length);
        await using var command = _database.CreateCommand(IdsSql).With(numbers);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            ids.Add(row.GetInt64(0), row.GetString(1));
        }

        return ids;
    }

    private void Expect(bool fits, string difference)
    {
        if (!fits)
        {
            _differences.Add(difference);
        }
    }
}
