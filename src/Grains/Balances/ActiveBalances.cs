using System.Collections.Concurrent;
using Stk.Ledger;
using Stk.Ledger.Accounts;

namespace Stk.Grains.Balances;

/// <summary>
/// The balances of the participants that are active on this silo. Money moves without passing a participant's grain;
/// the follower hands each new balance to whom it concerns, and wakes nobody. What this silo commits itself they are told
/// before its callers are answered: a payer's next read shows what it has paid.
/// </summary>
internal sealed class ActiveBalances : ICommitListener
{
    private readonly ConcurrentDictionary<long, BalanceCell> _cells = [];

    /// <summary>The cell of a participant, from now on told of every change. Register first, then read the book.</summary>
    public BalanceCell Register(long participant) => _cells.GetOrAdd(participant, static number => new(number));

    public void Forget(BalanceCell cell) => _cells.TryRemove(new(cell.Participant, cell));

    public void Committed(IReadOnlyList<AccountState> changed)
    {
        foreach (var state in changed)
        {
            Update(state);
        }
    }

    public void Update(AccountState state)
    {
        if (state.Account.Kind is AccountKind.Available or AccountKind.Frozen or AccountKind.Settling
            && _cells.TryGetValue(state.Account.Owner, out var cell))
        {
            cell.Update(state);
        }
    }
}
