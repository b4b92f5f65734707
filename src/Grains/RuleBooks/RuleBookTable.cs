using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Npgsql;
using NpgsqlTypes;
using Stk.GrainInterfaces.RuleBooks;
using Stk.Rules.RuleBooks;
using Stk.Rules.Weeks;
using Stk.Storage.Sql;

namespace Stk.Grains.RuleBooks;

/// <summary>
/// Tables <c>economy.rule_books</c> and <c>rule_book_withdrawals</c>. All SQL that writes them is in this file.
/// </summary>
internal sealed class RuleBookTable(NpgsqlDataSource database)
{
    private const string ReadSql = """
        SELECT book.version, effective_from, document, announced_at, announced_by, decision.by, withdrawal.at
        FROM economy.rule_books book LEFT JOIN approvals.decisions decision ON decision.request = book.approval
        LEFT JOIN economy.rule_book_withdrawals withdrawal ON withdrawal.version = book.version
        ORDER BY book.version
        """;

    // Two proposals at once: one of them meets the other's version and is refused.
    private const string InsertSql = """
        INSERT INTO economy.rule_books (version, effective_from, document, announced_at, announced_by, approval)
        VALUES ($1, $2, $3, $4, $5, $6)
        """;

    private const string WithdrawSql = """
        INSERT INTO economy.rule_book_withdrawals (version, at, by, approval) VALUES ($1, $2, $3, $4)
        """;

    // A version never changes once it is stored.
    private readonly ConcurrentDictionary<int, RuleBook> _versions = [];

    /// <summary>Every version, oldest first. Version 1 is the source document's, of all weeks until the next.</summary>
    public async Task<ImmutableArray<RuleBookVersion>> Read(CancellationToken cancellation)
    {
        var versions = ImmutableArray.CreateBuilder<RuleBookVersion>();
        await using var command = database.CreateCommand(ReadSql);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            versions.Add(new(
                row.GetInt32(0),
                WeekId.OfNumber(row.GetInt32(1)),
                row.GetFieldValue<byte[]>(2),
                row.Instant(3),
                row.GetString(4),
                row.TextOrNull(5),
                row.InstantOrNull(6)));
        }

        return versions.ToImmutable();
    }

    public async Task<RuleBookHistory> ReadHistory(CancellationToken cancellation)
    {
        var versions = await Read(cancellation);
        return new(versions.Length == 0
            ? [(FirstWeek, RuleBook.FromTheSource)]
            : versions.Where(version => version.WithdrawnAt is null)
                .Select(version => (version.EffectiveFrom, RuleBookJson.ReadStored(version.Document))));
    }

    /// <exception cref="InvalidOperationException">There is no such version.</exception>
    public async Task<RuleBook> ReadVersion(int version, CancellationToken cancellation)
    {
        if (_versions.TryGetValue(version, out var known))
        {
            return known;
        }

        var versions = await Read(cancellation);
        return versions.FirstOrDefault(stored => stored.Version == version) is { } found
            ? _versions.GetOrAdd(version, RuleBookJson.ReadStored(found.Document))
            : throw new InvalidOperationException($"there is no rule book of version {version}");
    }

    /// <summary>Stores the source document's version, where there is none.</summary>
    public Task<bool> InsertFirst(DateTimeOffset now, CancellationToken cancellation) => Insert(
        new(
            RuleBook.FromTheSource.Version,
            FirstWeek,
            RuleBookJson.Write(RuleBook.FromTheSource),
            now,
            "source document 3.0"),
        cancellation);

    /// <summary>False where the version is there already.</summary>
    public async Task<bool> Insert(RuleBookVersion version, CancellationToken cancellation)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(Command(InsertSql + " ON CONFLICT DO NOTHING", version, approval: null));
        return await batch.ExecuteNonQueryAsync(cancellation) == 1;
    }

    /// <summary>The command that stores a version. It fails where the version is there.</summary>
    /// <param name="approval">What waited for it.</param>
    public static NpgsqlBatchCommand Add(RuleBookVersion version, Guid approval) => Command(InsertSql, version, approval);

    /// <summary>The command that takes a version back. It fails where that was done.</summary>
    public static NpgsqlBatchCommand Withdraw(int version, DateTimeOffset at, string by, Guid approval) =>
        new NpgsqlBatchCommand(WithdrawSql).With(version).With(at.UtcDateTime).With(by).With(approval);

    [SuppressMessage("Security", "CA2100", Justification = "Both callers pass a constant.")]
    private static NpgsqlBatchCommand Command(string sql, RuleBookVersion version, Guid? approval) =>
        new NpgsqlBatchCommand(sql)
            .With(version.Version).With(version.EffectiveFrom.Number).With(version.Document).With(version.AnnouncedAt)
            .With(version.By).WithNullable(approval, NpgsqlDbType.Uuid);

    // Before the first week that an event may fall into (§6: not before the year 2000).
    private static WeekId FirstWeek => WeekId.OfNumber(200001);
}
