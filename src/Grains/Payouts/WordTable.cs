using System.Collections.Immutable;
using System.Diagnostics;
using Npgsql;
using NpgsqlTypes;
using Stk.Settlement.Looks;
using Stk.Solana.Keys;
using Stk.Storage.Sql;

namespace Stk.Grains.Payouts;

/// <summary>Table <c>settlement.decisions</c>, as the one who settles reads and closes it.</summary>
internal sealed class WordTable(NpgsqlDataSource database)
{
    private const string OpenSql = """
        SELECT approval, act, signature, asked_by, approved_by FROM settlement.decisions
        WHERE reply IS NULL ORDER BY at, approval
        """;

    private const string InsertSql = """
        INSERT INTO settlement.decisions (approval, act, signature, asked_by, approved_by, reason, at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        """;

    private const string CloseSql = """
        UPDATE settlement.decisions SET reply = $2, why = $3, replied_at = $4 WHERE act = $1 AND reply IS NULL
        """;

    /// <summary>What nodes were not looked at for yet.</summary>
    public async Task<ImmutableArray<OpenWord>> ReadOpen(CancellationToken cancellation)
    {
        var open = ImmutableArray.CreateBuilder<OpenWord>();
        await using var command = database.CreateCommand(OpenSql);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            Signature? signature = row.TextOrNull(2) is { } landed ? Signature.Parse(landed) : null;
            open.Add(new(
                row.GetGuid(0), row.GetGuid(1),
                new(signature is not null, signature, By(row.GetGuid(0), row.GetString(3), row.GetString(4)))));
        }

        return open.ToImmutable();
    }

    /// <summary>The command that stores what two operators have said. It fails where another word is open.</summary>
    /// <param name="signature">Base58: of what has landed; null where it can never land.</param>
    public static NpgsqlBatchCommand Insert(
        Guid approval, Guid act, string? signature, string askedBy, string approvedBy, string reason,
        DateTimeOffset at) =>
        new NpgsqlBatchCommand(InsertSql)
            .With(approval).With(act).WithNullable(signature, NpgsqlDbType.Text).With(askedBy).With(approvedBy)
            .With(reason).With(at.UtcDateTime);

    /// <summary>The command that says what became of the open word on an act. Harmless where there is none.</summary>
    public static NpgsqlBatchCommand Close(Guid act, ResolutionReply reply, DateTimeOffset now)
    {
        var (number, why) = reply switch
        {
            ResolutionReply.Done => ((short)1, (string?)null),
            ResolutionReply.Contradicted contradicted => ((short)2, contradicted.What),
            ResolutionReply.NotLooked notLooked => ((short)3, notLooked.Why),
            ResolutionReply.NotUncertain => ((short)4, null),
            _ => throw new UnreachableException(),
        };
        return new NpgsqlBatchCommand(CloseSql)
            .With(act).With(number).WithNullable(why, NpgsqlDbType.Text).With(now.UtcDateTime);
    }

    // In the evidence: I42 finds the decision by it.
    private static string By(Guid approval, string askedBy, string approvedBy) =>
        $"{askedBy} and {approvedBy}, approval {approval}";
}

/// <param name="Word">For the machine.</param>
internal sealed record OpenWord(Guid Approval, Guid Act, Resolution Word);
