using Stk.Ledger.Accounts;
using Stk.Ledger.Machine;
using Stk.Ledger.Sql;
using Stk.Ledger.Writer;
using Stk.Rules.Money;
using Stk.Simulation.Mistakes;
using Stk.Simulation.Servers;
using Stk.Storage;

namespace Stk.Simulation.Books;

/// <summary>What a writer remembers across commits, where a mistake makes it remember.</summary>
internal sealed class WriterMemory
{
    public Dictionary<AccountId, Amount> Balances { get; } = [];

    public Dictionary<Guid, PastAnswer> Answers { get; } = [];
}

/// <summary>The book at the simulated server, as <see cref="PostgresBook"/> is at PostgreSQL.</summary>
internal sealed class SimulatedBook(Connection connection, BookTables tables, Mistake mistake, WriterMemory memory)
    : IBookSession, ICommitAttempt
{
    public bool IsCommitSent { get; private set; }

    public bool IsEnded { get; private set; }

    public async Task<BookRead> Read(IReadOnlyList<AccountId> accounts, Guid[] ids, CancellationToken cancellation)
    {
        var read = await connection.Call(async () =>
        {
            connection.Session.Begin();
            var before = tables.Read(accounts, ids);
            if (mistake is not (Mistake.NoHeadLock or Mistake.NoHeadLockAndNoRowCount))
            {
                await connection.Session.Lock(tables.HeadLock, isExclusive: true);
            }

            var now = tables.Read(accounts, ids);
            return mistake switch
            {
                // As one joined statement does: the row waited for is new, the rest is of when it began.
                Mistake.BalancesOfBeforeTheWait or Mistake.BalancesOfBeforeTheWaitAndNoRowCount =>
                    before with { Head = now.Head },
                Mistake.SequenceFromACounter => now with
                {
                    Head = now.Head with { Sequence = Math.Max(now.Head.Sequence, tables.NextOfCounter() - 1) },
                },
                _ => now,
            };
        });
        return mistake switch
        {
            Mistake.BalancesFromMemory => read with { Accounts = Remembered(read.Accounts) },
            Mistake.KnownIdsFromMemory => read with
            {
                Answers = ids.Where(memory.Answers.ContainsKey).Distinct().ToDictionary(id => id, id => memory.Answers[id]),
            },
            _ => read,
        };
    }

    public async Task Write(BookWrite write, CancellationToken cancellation)
    {
        if (mistake == Mistake.SequenceFromACounter && write.Next is not null)
        {
            // The counter has its own order: the row count of the head can only be checked against what is there.
            write = write with { Head = tables.Head };
        }

        foreach (var change in write.Rows.Made.Concat(write.Rows.Changed))
        {
            memory.Balances[change.Account] = change.Balance;
        }

        IsCommitSent = true;
        try
        {
            await connection.Call(() =>
            {
                if (!connection.Session.IsInTransaction)
                {
                    throw ServerErrors.ConnectionLost();
                }

                tables.Apply(write);
                connection.Session.End();
                return Task.FromResult(true);
            });
        }
        catch (Npgsql.PostgresException) when (mistake == Mistake.SwallowedCommitError)
        {
            // COMMIT of a transaction that has failed returns normally.
        }

        Remember(write);
        if (mistake == Mistake.EffectsAfterTheCommit && write.Next is not null)
        {
            await connection.Call(() =>
            {
                tables.ApplyEffects(write);
                return Task.FromResult(true);
            });
        }

        IsEnded = true;
    }

    public async Task Rollback(CancellationToken cancellation)
    {
        await connection.Call(() =>
        {
            connection.Session.End();
            return Task.FromResult(true);
        });
        IsEnded = true;
    }

    public ValueTask DisposeAsync()
    {
        connection.Close();
        return ValueTask.CompletedTask;
    }

    private Dictionary<AccountId, AccountRow> Remembered(Dictionary<AccountId, AccountRow> accounts) =>
        accounts.ToDictionary(
            account => account.Key,
            account => memory.Balances.TryGetValue(account.Key, out var balance)
                ? account.Value with { Balance = balance }
                : account.Value);

    private void Remember(BookWrite write)
    {
        foreach (var refusal in write.Rows.Refusals)
        {
            memory.Answers[refusal.Id] = new(refusal.ContentHash, Accepted: null, refusal.Reason);
        }

        foreach (var transaction in write.Accepted)
        {
            if (tables.Find(transaction.Id) is { } stored)
            {
                memory.Answers[transaction.Id] = new(stored.ContentHash, stored.Receipt, Refused: null);
            }
        }
    }
}
