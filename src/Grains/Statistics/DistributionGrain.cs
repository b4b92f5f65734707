using System.Buffers.Binary;
using System.Security.Cryptography;
using Stk.GrainInterfaces.Statistics;
using Stk.Ledger;
using Stk.Ledger.Accounts;
using Stk.Rules.Money;
using Stk.Rules.Statistics;
using Stk.Rules.Time;

namespace Stk.Grains.Statistics;

/// <inheritdoc cref="IDistributionGrain"/>
internal sealed class DistributionGrain(ILedger ledger, IClock clock, TimeProvider time) : Grain, IDistributionGrain
{
    private const int TopMax = 100;
    private const int PseudonymBytes = 8;

    private static readonly TimeSpan Age = TimeSpan.FromSeconds(60);

    private Task<DistributionReply>? _report;
    private long _madeAt;

    // One at a time, for all who ask meanwhile. A report that failed is made again.
    public Task<DistributionReply> GetReport(CancellationToken cancellation)
    {
        if (_report is null || _report.IsFaulted || time.GetElapsedTime(_madeAt) > Age)
        {
            _madeAt = time.GetTimestamp();
            _report = Make();
        }

        return _report.WaitAsync(cancellation);
    }

    private async Task<DistributionReply> Make()
    {
        var funds = await ledger.GetBalances([.. Funds.All.Select(AccountId.Fund)]);
        var holdings = await ledger.GetHoldings();
        var distribution = Distribution.Of([.. holdings.Select(holding => holding.Balance)]);
        var total = holdings.Aggregate(Int128.Zero, (sum, holding) => sum + holding.Balance.Micro);

        // Of this report alone, and forgotten with it: nobody can tell whose pseudonym is whose, or join two reports.
        var key = RandomNumberGenerator.GetBytes(32);
        return new(
            clock.Now,
            [
                .. Funds.All.Zip(
                    funds, (fund, account) => new GrainInterfaces.Emission.FundView(fund.WireName(), account.Balance)),
            ],
            distribution.Holders,
            [.. distribution.Classes.Select(one => new SizeClassView(one.From, one.Below, one.Holders, one.ShareBp))],
            [
                .. holdings
                    .Select(holding => (Pseudonym: Pseudonym(key, holding.Participant), holding.Balance))
                    // Of equals, not in the order that they came in.
                    .OrderByDescending(holder => holder.Balance).ThenBy(holder => holder.Pseudonym, StringComparer.Ordinal)
                    .Take(TopMax)
                    .Select(holder => new HolderView(holder.Pseudonym, Distribution.ShareBp(holder.Balance, total))),
            ],
            distribution.GiniTenThousandths);
    }

    private static string Pseudonym(byte[] key, long participant)
    {
        Span<byte> number = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(number, participant);
        return Convert.ToHexStringLower(HMACSHA256.HashData(key, number).AsSpan(0, PseudonymBytes));
    }
}
