using System.Diagnostics.Metrics;
using Stk.Ledger;
using Stk.Ledger.Accounts;
using Stk.Storage;

namespace Stk.Grains.Balances;

/// <summary>Balances of participants that wake, read from the book for many at once.</summary>
internal sealed class BalanceReads
{
    private static readonly GroupReadSettings Settings = new(
        "balances", KeysMax: 500, ReadsMax: 2, WaitingMax: 20_000, WaitMax: TimeSpan.FromSeconds(8));

    private readonly ILedger _ledger;
    private readonly GroupRead<long, ParticipantBalances> _reads;

    public BalanceReads(ILedger ledger, IMeterFactory meters, TimeProvider time)
    {
        _ledger = ledger;
        _reads = new(Settings, Read, meters, time);
    }

    public async Task<ParticipantBalances> Get(long participant, CancellationToken cancellation) =>
        await _reads.Get(participant, cancellation)
            ?? throw new InvalidOperationException($"no balances were read for participant {participant}");

    private async Task<IReadOnlyDictionary<long, ParticipantBalances>> Read(
        IReadOnlyCollection<long> participants, CancellationToken cancellation)
    {
        var accounts = participants
            .SelectMany(number => new[]
            {
                AccountId.Available(number), AccountId.Frozen(number), AccountId.Settling(number),
            })
            .ToArray();
        var states = await _ledger.GetBalances(accounts, cancellation);
        return states.Chunk(3)
            .ToDictionary(three => three[0].Account.Owner, three => new ParticipantBalances(three[0], three[1], three[2]));
    }
}
