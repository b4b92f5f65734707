using Stk.Ledger.Accounts;
using Stk.Rules.Money;

namespace Stk.Grains.Balances;

/// <summary>One participant's three balances as last heard. Written by the follower and the grain, read by anyone.</summary>
internal sealed class BalanceCell(long participant)
{
    private readonly Lock _gate = new();
    private ParticipantBalances _balances = new(default, default, default);
    private TaskCompletionSource? _changed;

    public long Participant => participant;

    public ParticipantBalances Current => Volatile.Read(ref _balances);

    public void Update(ParticipantBalances balances)
    {
        Update(balances.Available);
        Update(balances.Frozen);
        Update(balances.Settling);
    }

    /// <summary>Takes a balance unless a later commit's is there already.</summary>
    public void Update(AccountState state)
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
            if (next != now)
            {
                Volatile.Write(ref _balances, next);
                _changed?.SetResult();
                _changed = null;
            }
        }
    }

    /// <summary>Ends once the balances are of a later commit than <paramref name="sequence"/>.</summary>
    public Task ChangedAfter(long sequence)
    {
        lock (_gate)
        {
            return _balances.ChangedIn > sequence
                ? Task.CompletedTask
                : (_changed ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }
}

/// <summary>Each with the commit that it is of.</summary>
internal sealed record ParticipantBalances(AccountState Available, AccountState Frozen, AccountState Settling)
{
    /// <summary>The last commit that changed one of them; 0 where none has.</summary>
    public long ChangedIn => Math.Max(Available.Sequence, Math.Max(Frozen.Sequence, Settling.Sequence));

    public Amount Total => Available.Balance + Frozen.Balance + Settling.Balance;
}
