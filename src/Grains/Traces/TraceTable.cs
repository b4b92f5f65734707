using Npgsql;
using Stk.GrainInterfaces.Traces;
using Stk.Storage.Sql;

namespace Stk.Grains.Traces;

/// <summary>Table <c>traces.reads</c>. All SQL that touches it is in this file.</summary>
internal sealed class TraceTable(NpgsqlDataSource database)
{
    // Where nobody has the id, nobody's data were read.
    private const string InsertSql = """
        INSERT INTO traces.reads (id, at, by, role, participant, what, reason)
        SELECT asked.id, asked.at, asked.by, asked.role, participant.number, asked.what, asked.reason
        FROM unnest($1::uuid[], $2::timestamptz[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[])
            AS asked (id, at, by, role, participant, what, reason)
        JOIN activity.participants participant ON participant.id = asked.participant
        ON CONFLICT (id) DO NOTHING
        """;

    private const string DropSql = "SELECT traces.drop_ended()";

    public async Task Insert(IReadOnlyList<ReadTrace> reads, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(InsertSql)
            .With(reads.Column(read => read.Id)).With(reads.Column(read => read.At.UtcDateTime))
            .With(reads.Column(read => read.By)).With(reads.Column(read => read.Role))
            .With(reads.Column(read => read.Participant)).With(reads.Column(read => read.What))
            .With(reads.Column(read => read.Reason));
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Drops what has been kept for its 400 days. Harmless at any time.</summary>
    public async Task DropEnded(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(DropSql);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
