namespace Stk.Verification;

internal sealed class OneIdOneAnswer() : SqlInvariant(
    "I14", "No id is both refused and done.", """
    SELECT 'ledger.refusals', format('id %s', id), 'no transaction of a refused id',
        format('sequence %s, position %s', sequence, position)
    FROM ledger.refusals JOIN ledger.transactions USING (id)
    """);
