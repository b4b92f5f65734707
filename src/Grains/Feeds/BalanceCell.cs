using Stk.Ledger.Accounts;
using Stk.Rules.Money;

namespace Stk.Grains.Feeds;

/// <summary>One participant's three balances as last heard. Written by the follower and the grain, read by anyone.</summary>
internal sealed class BalanceCell(long participant)
{
    private readonly Lock _gate = new();
    private Balances _balances = new(default, default, default);

    public long Participant => participant;

    public Balances Current => Volatile.Read(ref _balances);

    public void Tell(Balances balances)
    {
        Tell(balances.Available);
        Tell(balances.Frozen);
        Tell(balances.Settling);
    }

    /// <summary>Takes a balance unless a later commit's is there already.</summary>
    public void Tell(AccountState state)
    {
        lock (_gate)
        {
            var now = _balances;
            var next = state.Account.Kind switch
            {
                AccountKind.Available when state.Sequence > now.Available.Sequence => now with { Available = state },
                AccountKind.Frozen when state.Sequence > now.Frozen.Sequence => now with { Frozen = state },
                AccountKind.Settling when state.Sequence > now.Settling.Sequence => now with { Settling = state },
                _ => now,
            };
            Volatile.Write(ref _balances, next);
        }
    }
}

/// <summary>Each with the commit that it is of.</summary>
internal sealed record Balances(AccountState Available, AccountState Frozen, AccountState Settling)
{
    public Amount Total => Available.Balance + Frozen.Balance + Settling.Balance;
}
