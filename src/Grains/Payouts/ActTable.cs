using System.Collections.Immutable;
using Npgsql;
using NpgsqlTypes;
using Stk.Rules.Payouts;
using Stk.Settlement.Acts;
using Stk.Settlement.Looks;
using Stk.Settlement.Plans;
using Stk.Settlement.Proofs;
using Stk.Solana.Keys;
using Stk.Storage;
using Stk.Storage.Sql;

namespace Stk.Grains.Payouts;

/// <summary>
/// Tables <c>settlement.state</c>, <c>acts</c> and <c>attempts</c>, as the one who settles writes them. Every write is
/// fenced by its epoch: of an activation that another has followed, nothing is written.
/// </summary>
internal sealed class ActTable(NpgsqlDataSource database, SingleCommit commits)
{
    private const string RaiseSql = "UPDATE settlement.state SET epoch = epoch + 1 RETURNING epoch";

    private const string GenesisSql = "SELECT genesis FROM settlement.state";

    private const string SetGenesisSql = "UPDATE settlement.state SET genesis = $1 WHERE genesis IS NULL AND epoch = $2";

    private const string HoldSql = "UPDATE settlement.state SET held_by = $1 WHERE epoch = $2";

    // Locked to the end: whoever raises the epoch waits for this commit, and this one for them.
    private const string FenceSql = """
        SELECT storage.expect(
            (SELECT count(*) FROM (SELECT FROM settlement.state WHERE epoch = $1 FOR SHARE) AS ours) = 1, 'this epoch')
        """;

    private const string InsertSql = """
        INSERT INTO settlement.acts (id, kind, epoch, version, state, plan, reference, at, changed_at)
        VALUES ($1, $2, $3, $4, $5, $6::json, $7, $8, $8)
        """;

    private const string UpdateSql = """
        WITH stored AS (
            UPDATE settlement.acts
            SET epoch = $3, version = $4, state = $5, returned = $6, flaws = $7, landed_signature = $8, landed_slot = $9,
                is_closed = $10, changed_at = $11
            WHERE id = $1 AND version = $2 RETURNING 1)
        SELECT storage.expect((SELECT count(*) FROM stored) = 1, 'this version of the act')
        """;

    private const string AttemptSql = """
        INSERT INTO settlement.attempts (
            act, number, bytes, signature, value, nonce_account, last_valid_height, signed_slot, node, signed_at, sent_at,
            send_answer, outcome, evidence)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14::json)
        ON CONFLICT (act, number) DO UPDATE
        SET sent_at = excluded.sent_at, send_answer = excluded.send_answer, outcome = excluded.outcome,
            evidence = excluded.evidence
        WHERE attempts.bytes = excluded.bytes
        """;

    private const string OpenSql = """
        SELECT id, plan::text, reference, epoch, version, state, returned, flaws, landed_signature, landed_slot, is_closed
        FROM settlement.acts WHERE NOT is_closed ORDER BY at, id
        """;

    private const string AttemptsSql = """
        SELECT act, number, bytes, signature, value, nonce_account, last_valid_height, signed_slot, node, sent_at,
            send_answer, outcome, evidence::text
        FROM settlement.attempts JOIN settlement.acts ON acts.id = act WHERE NOT is_closed ORDER BY act, number
        """;

    private const string FindSql = """
        SELECT id, plan::text, reference, epoch, version, state, returned, flaws, landed_signature, landed_slot, is_closed
        FROM settlement.acts WHERE id = $1
        """;

    private const string AttemptsOfSql = """
        SELECT act, number, bytes, signature, value, nonce_account, last_valid_height, signed_slot, node, sent_at,
            send_answer, outcome, evidence::text
        FROM settlement.attempts WHERE act = $1 ORDER BY number
        """;

    private const string LandmarksSql = """
        SELECT landed_signature, landed_slot FROM settlement.acts
        WHERE state = 4 AND landed_slot IS NOT NULL ORDER BY landed_slot DESC LIMIT $1
        """;

    /// <summary>The epoch of a new activation: all before it can write nothing more.</summary>
    public async Task<long> RaiseEpoch(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(RaiseSql);
        return (long)(await command.ExecuteScalarAsync(cancellation))!; // the row is always there
    }

    /// <summary>The hash of the chain that was settled on first; null before.</summary>
    public async Task<string?> ReadGenesis(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(GenesisSql);
        return await command.ExecuteScalarAsync(cancellation) as string;
    }

    /// <summary>Keeps it for ever, where none is kept. Returns what is kept.</summary>
    public async Task<string?> SetGenesis(string genesis, long epoch, CancellationToken cancellation)
    {
        await using (var command = database.CreateCommand(SetGenesisSql).With(genesis).With(epoch))
        {
            await command.ExecuteNonQueryAsync(cancellation);
        }

        return await ReadGenesis(cancellation);
    }

    /// <summary>What payouts wait for, for those who ask; null for nothing.</summary>
    public async Task SetHold(PayoutHold? hold, long epoch, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(HoldSql)
            .WithNullable((short?)hold, NpgsqlDbType.Smallint).With(epoch);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>A new act, and what goes with it: all or nothing.</summary>
    /// <exception cref="PostgresException">Another has followed, or what goes with it no longer stands.</exception>
    public Task Insert(ChainAct act, DateTimeOffset now, params IReadOnlyList<NpgsqlBatchCommand> beside) => Write(
        act.Epoch,
        [
            new NpgsqlBatchCommand(InsertSql)
                .With(act.Id).With((short)act.Plan.Kind).With(act.Epoch).With(act.Version).With((short)act.State)
                .With(act.Plan.ToJson()).WithNullable(act.Reference?.ToString(), NpgsqlDbType.Text).With(now.UtcDateTime),
            .. beside,
        ]);

    /// <summary>An act that has changed, with its last attempt.</summary>
    /// <exception cref="PostgresException">Another has written it meanwhile, or has followed: nothing was written.</exception>
    /// <exception cref="OutcomeUnknownException">It may be written and may not: read it again.</exception>
    public Task Store(ChainAct act, DateTimeOffset now, params IReadOnlyList<NpgsqlBatchCommand> beside)
    {
        List<NpgsqlBatchCommand> commands =
        [
            new NpgsqlBatchCommand(UpdateSql)
                .With(act.Id).With(act.Version - 1).With(act.Epoch).With(act.Version).With((short)act.State)
                .With(act.Returned.Select(returned => returned.PayoutId).ToArray())
                .With(act.Returned.Select(returned => (short)returned.Flaw).ToArray())
                .WithNullable(act.Landed?.Signature.ToString(), NpgsqlDbType.Text)
                .WithNullable((long?)act.Landed?.Slot, NpgsqlDbType.Bigint)
                .With(act.IsClosed).With(now.UtcDateTime),
        ];
        if (act.Last is { } last)
        {
            commands.Add(Command(act.Id, last, now));
        }

        commands.AddRange(beside);
        return Write(act.Epoch, commands);
    }

    /// <summary>Commands that stand or fall together, of this epoch alone.</summary>
    public Task Write(long epoch, IReadOnlyList<NpgsqlBatchCommand> commands) => commits.Run(
        async attempt =>
        {
            await using var batch = attempt.Begin();
            batch.BatchCommands.Add(new NpgsqlBatchCommand(FenceSql).With(epoch));
            foreach (var command in commands)
            {
                batch.BatchCommands.Add(command);
            }

            await attempt.Commit(batch, CancellationToken.None);
            return true;
        },
        CancellationToken.None);

    /// <summary>All that is not closed, the oldest first.</summary>
    public Task<ImmutableArray<ChainAct>> ReadOpen(CancellationToken cancellation) =>
        Read(new NpgsqlBatchCommand(OpenSql), new NpgsqlBatchCommand(AttemptsSql), cancellation);

    /// <summary>Null where there is none of this id.</summary>
    public async Task<ChainAct?> Find(Guid act, CancellationToken cancellation) => (await Read(
        new NpgsqlBatchCommand(FindSql).With(act), new NpgsqlBatchCommand(AttemptsOfSql).With(act), cancellation))
        .FirstOrDefault();

    private async Task<ImmutableArray<ChainAct>> Read(
        NpgsqlBatchCommand ofActs, NpgsqlBatchCommand ofAttempts, CancellationToken cancellation)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(ofActs);
        batch.BatchCommands.Add(ofAttempts);
        await using var row = await batch.ExecuteReaderAsync(cancellation);
        var acts = new List<ChainAct>();
        while (await row.ReadAsync(cancellation))
        {
            acts.Add(Act(row));
        }

        await row.NextResultAsync(cancellation);
        var attempts = new List<(Guid Act, Attempt Attempt)>();
        while (await row.ReadAsync(cancellation))
        {
            attempts.Add((row.GetGuid(0), AttemptOf(row)));
        }

        var byAct = attempts.ToLookup(one => one.Act, one => one.Attempt);
        return [.. acts.Select(act => act with { Attempts = [.. byAct[act.Id]] })];
    }

    /// <summary>Signatures of ours that are final, the newest first.</summary>
    public async Task<ImmutableArray<Landmark>> ReadLandmarks(int most, CancellationToken cancellation)
    {
        var landmarks = ImmutableArray.CreateBuilder<Landmark>();
        await using var command = database.CreateCommand(LandmarksSql).With(most);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            landmarks.Add(new(Signature.Parse(row.GetString(0)), (ulong)row.GetInt64(1)));
        }

        return landmarks.ToImmutable();
    }

    private static NpgsqlBatchCommand Command(Guid act, Attempt attempt, DateTimeOffset now) =>
        new NpgsqlBatchCommand(AttemptSql)
            .With(act).With(attempt.Number).With(attempt.Bytes.ToArray()).With(attempt.Signature.ToString())
            .With(attempt.Lifetime.Value.ToString())
            .WithNullable((attempt.Lifetime as Lifetime.DurableNonce)?.Account.ToString(), NpgsqlDbType.Text)
            .WithNullable((long?)(attempt.Lifetime as Lifetime.Recent)?.LastValidHeight, NpgsqlDbType.Bigint)
            .With((long)attempt.SignedSlot).With(attempt.Node).With(now.UtcDateTime)
            .WithNullable(attempt.SentAt?.UtcDateTime, NpgsqlDbType.TimestampTz)
            .WithNullable(attempt.SendAnswer, NpgsqlDbType.Text)
            .WithNullable((short?)attempt.Outcome, NpgsqlDbType.Smallint)
            .WithNullable(attempt.Evidence?.ToJson(), NpgsqlDbType.Text);

    private static ChainAct Act(NpgsqlDataReader row) => new(
        row.GetGuid(0), ActPlan.FromJson(row.GetString(1)),
        row.TextOrNull(2) is { } reference ? PublicKey.Parse(reference) : null,
        row.GetInt64(3), row.GetInt64(4), (ActState)row.GetInt16(5), Attempts: [],
        [
            .. row.GetFieldValue<Guid[]>(6).Zip(
                row.GetFieldValue<short[]>(7), (payout, flaw) => new ReturnedPayout(payout, (PayeeFlaw)flaw)),
        ],
        row.TextOrNull(8) is { } landed ? new(Signature.Parse(landed), (ulong?)row.LongOrNull(9)) : null,
        row.GetBoolean(10));

    private static Attempt AttemptOf(NpgsqlDataReader row)
    {
        var value = Blockhash.Parse(row.GetString(4));
        Lifetime lifetime = row.TextOrNull(5) is { } nonce
            ? new Lifetime.DurableNonce(PublicKey.Parse(nonce), value)
            : new Lifetime.Recent(value, (ulong)row.GetInt64(6));
        return new(
            row.GetInt32(1), [.. row.GetFieldValue<byte[]>(2)], Signature.Parse(row.GetString(3)), lifetime,
            (ulong)row.GetInt64(7), row.GetString(8), row.InstantOrNull(9), row.TextOrNull(10),
            row.IsDBNull(11) ? null : (AttemptOutcome)row.GetInt16(11),
            row.TextOrNull(12) is { } evidence ? Evidence.FromJson(evidence) : null);
    }
}
