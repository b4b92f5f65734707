using System.Reflection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Stk.GrainInterfaces.Faults;
using Stk.Grains.Balances;
using Stk.Grains.Economy;
using Stk.Grains.JournalFollowing;
using Stk.Grains.Participants;
using Stk.Grains.Tests.Economies;
using Stk.Ledger;
using Stk.Rules.Money;
using Stk.Testing;
using Xunit;

namespace Stk.Grains.Tests.Participants;

/// <summary>What an activation remembers, on a silo that has just started.</summary>
[Collection(EconomyCollection.Name)]
public sealed class RecallTests(EconomyServer server)
{
    // Torture found it: the book was read before the follower had begun, a commit came between, and the balance that was
    // shown was older than the commit that it named.
    [Fact]
    public async Task A_participant_reads_the_book_only_once_the_journal_is_followed()
    {
        var economy = await server.Shared();
        await economy.BeginWeek();
        await economy.Fund("rc-ann", Amount.OfStk(100));
        var balances = new ActiveBalances();
        using var journal = new JournalFollower(
            economy.ServiceOf<ILedger>(0), balances, economy.ServiceOf<EconomyCache>(0), economy.ServiceOf<SiloRows>(0),
            new(economy.ServiceOf<NpgsqlDataSource>(0), TimeProvider.System, NullLogger<JournalHints>.Instance),
            TimeProvider.System, NullLogger<JournalFollower>.Instance);
        var recall = new ParticipantRecall(
            economy.ServiceOf<ParticipantTable>(0), balances, economy.ServiceOf<BalanceReads>(0), journal,
            economy.ServiceOf<EconomyCache>(0), economy.ServiceOf<EconomyClock>(0), new HastyTime(), OnlyContext.Of("rc-ann"),
            NullLogger<ParticipantRecall>.Instance);

        await Assert.ThrowsAsync<ClusterBusyException>(() => recall.Load(CancellationToken.None));
        Assert.Null(recall.Cell);
        await economy.Fund("rc-ann", Amount.OfStk(1));

        await journal.StartAsync(CancellationToken.None);
        await recall.Load(CancellationToken.None);
        await economy.Fund("rc-ann", Amount.OfStk(1));

        await Eventually.True(
            () => recall.Cell!.Current.Available.Balance == Amount.OfStk(102), "what comes later is heard");
        await journal.StopAsync(CancellationToken.None);
    }

    /// <summary>Whoever waits has waited long enough.</summary>
    private sealed class HastyTime : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            System.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    /// <summary>An activation of which nothing but its key is asked.</summary>
#pragma warning disable CA1852 // A proxy derives from it.
    private class OnlyContext : DispatchProxy
#pragma warning restore CA1852
    {
        private GrainId _id;
        private IGrainContext? _context;

        public static IGrainContextAccessor Of(string participant)
        {
            var context = Create<IGrainContext, OnlyContext>();
            ((OnlyContext)(object)context)._id = GrainId.Create("participant", participant);
            var accessor = Create<IGrainContextAccessor, OnlyContext>();
            ((OnlyContext)(object)accessor)._context = context;
            return accessor;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod?.Name switch
        {
            "get_GrainContext" => _context,
            "get_GrainId" => _id,
            _ => throw new NotSupportedException(targetMethod?.Name),
        };
    }
}
