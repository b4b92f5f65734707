using Npgsql;
using Stk.Storage.Sql;

namespace Stk.Verification;

// What nobody has an answer to is whole or absent: whole is what I1, I4 and I16 say of everything that is there.
internal sealed class RefusedIsAbsent(ClientLog log) : SqlInvariant(
    "I7", "Nothing that was refused by a rule is in the journal.", """
    SELECT 'ledger.transactions', format('id %s', asked.id), 'none: it was refused',
        format('sequence %s, position %s', sequence, position)
    FROM unnest($1::uuid[], $2::bytea[]) AS asked (id, content)
    JOIN ledger.transactions transaction
        ON transaction.id = asked.id AND (asked.content IS NULL OR transaction.content_hash = asked.content)
    """)
{
    protected override void AddParameters(NpgsqlCommand command)
    {
        var refused = log.Operations.Where(operation => operation.Answer == OperationAnswer.Refused).ToList();
        command.With(refused.Column(operation => operation.TransactionId))
            .With(refused.Column(operation => operation.Content?.ToArray()));
    }
}
