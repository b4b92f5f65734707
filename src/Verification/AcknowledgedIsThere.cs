using Npgsql;
using Stk.Storage.Sql;

namespace Stk.Verification;

internal sealed class AcknowledgedIsThere(ClientLog log) : SqlInvariant(
    "I6", "Each acknowledged operation is in the journal, with the content that was sent.", """
    SELECT 'ledger.transactions', format('id %s', asked.id), 'a transaction: it was acknowledged',
        CASE WHEN transaction.id IS NULL THEN 'none' ELSE 'one of other content' END
    FROM unnest($1::uuid[], $2::bytea[]) AS asked (id, content)
    LEFT JOIN ledger.transactions transaction ON transaction.id = asked.id
    WHERE transaction.id IS NULL OR transaction.content_hash <> asked.content
    """)
{
    protected override void AddParameters(NpgsqlCommand command)
    {
        var accepted = log.Operations.Where(operation => operation.Answer == OperationAnswer.Accepted).ToList();
        command.With(accepted.Column(operation => operation.TransactionId))
            .With(accepted.Column(operation => operation.Content?.ToArray()));
    }
}
