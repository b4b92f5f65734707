using Npgsql;
using Stk.GrainInterfaces.Requests;
using Stk.GrainInterfaces.Spending;
using Stk.Grains.Requests;
using Stk.Grains.Tests.Economies;
using Stk.Rules.Money;
using Stk.Rules.Spending;
using Xunit;
using static Stk.Grains.Tests.Economies.Spenders;

namespace Stk.Grains.Tests.Requests;

/// <summary>What a refusal says, whether it is given again, and what is left of it.</summary>
[Collection(EconomyCollection.Name)]
public sealed class RefusalTests(EconomyServer server)
{
    [Fact]
    public async Task A_refusal_for_want_of_money_moves_nothing_and_is_given_again_although_it_would_pass_by_now()
    {
        var economy = await server.Shared();
        await economy.Fund("ref-ann", Amount.OfStk(10));
        await economy.Register("ref-poor");
        (string From, string To, Amount Amount)[] cases =
            [("ref-poor", "ref-ann", Amount.OfStk(1)), ("ref-ann", "ref-poor", new(10_000_001))];
        foreach (var isReplay in new[] { false, true })
        {
            foreach (var (from, to, amount) in cases)
            {
                Assert.Equal(
                    new SpendingReply<TransferView>.Refused(SpendingRefusal.InsufficientFunds, isReplay),
                    await economy.Transfer(from, to, amount, key: Key($"{from} {to} {amount}")));
            }

            // Now each could pass.
            await economy.Fund("ref-ann", Amount.OfStk(10));
            await economy.Fund("ref-poor", Amount.OfStk(10));
        }

        Assert.Equal(Amount.OfStk(30), await economy.Available("ref-ann"));
    }

    [Fact]
    public async Task What_is_refused_before_money_is_looked_at_leaves_nothing_and_is_decided_again()
    {
        var economy = await server.Shared();
        await economy.Fund("lit-ann", Amount.OfStk(10));
        await economy.Register("lit-staff");
        await economy.Participant("lit-staff").ChangeProfile(new(null, true, "staff", "operator"), CancellationToken.None);
        (string From, string To, Amount Amount, SpendingRefusal Refusal)[] cases =
        [
            ("lit-ann", "lit-ann", Amount.OfStk(1), SpendingRefusal.SelfTransfer),
            ("lit-ann", "lit-nobody", Amount.OfStk(1), SpendingRefusal.UnknownParticipant),
            ("lit-ann", "fund:treasury", Amount.OfStk(1), SpendingRefusal.UnknownParticipant),
            ("lit-ann", "lit-staff", Amount.OfStk(1), SpendingRefusal.UnknownParticipant),
            ("lit-ann", "lit-late", Amount.OfStk(1), SpendingRefusal.UnknownParticipant),
            ("lit-stranger", "lit-ann", Amount.OfStk(1), SpendingRefusal.InsufficientFunds),
            ("lit-stranger", "lit-nobody", Amount.OfStk(1), SpendingRefusal.InsufficientFunds),
            ("lit-ann", "lit-staff", new(long.MaxValue), SpendingRefusal.InsufficientFunds),
        ];
        foreach (var (from, to, amount, refusal) in cases)
        {
            var key = Key($"{from} {to} {amount}");
            var refused = new SpendingReply<TransferView>.Refused(refusal, IsReplay: false);
            Assert.Equal(refused, await economy.Transfer(from, to, amount, key: key));
            Assert.Equal(refused, await economy.Transfer(from, to, amount, key: key));
            Assert.Equal(0, await Rows(economy, key));
        }

        var none = Key("lit-none");
        Assert.Equal(SpendingRefusal.UnknownService, Refused(await economy.Buy("lit-ann", "lit_none", none)));
        Assert.Equal(0, await Rows(economy, none));
        await economy.Register("lit-late");
        Done(await economy.Transfer("lit-ann", "lit-late", Amount.OfStk(1), key: Key($"lit-ann lit-late {Amount.OfStk(1)}")));
    }

    [Fact]
    public async Task An_empty_purse_learns_of_nobody_whether_there_is_such_a_participant()
    {
        var economy = await server.Shared();
        await economy.Register("emp-poor");
        await economy.Register("emp-bob");
        await economy.Register("emp-staff");
        await economy.Participant("emp-staff").ChangeProfile(new(null, true, "staff", "operator"), CancellationToken.None);
        await economy.Offer("emp_session", Amount.OfStk(10), new(null, null, 1), ("mentor", 10_000));
        foreach (var who in new[] { "emp-bob", "emp-nobody", "emp-staff", "fund:treasury" })
        {
            // Also that it is kept is one answer for all: the second copy says so.
            foreach (var isReplay in new[] { false, true })
            {
                Assert.Equal(
                    new SpendingReply<TransferView>.Refused(SpendingRefusal.InsufficientFunds, isReplay),
                    await economy.Transfer("emp-poor", who, new(1), key: Key($"emp {who}")));
                Assert.Equal(
                    new SpendingReply<PurchaseView>.Refused(SpendingRefusal.InsufficientFunds, isReplay),
                    await economy.Buy("emp-poor", "emp_session", Key($"emp buys {who}"), recipients: ("mentor", who)));
            }
        }
    }

    [Fact]
    public async Task A_refusal_is_dropped_after_thirty_days_and_what_was_done_and_what_came_later_stays()
    {
        var economy = await server.Shared();
        await economy.Fund("old-ann", Amount.OfStk(10));
        await economy.Register("old-bob");
        RequestKey done = Key("old done"), old = Key("old refused"), young = Key("young refused");
        Done(await economy.Transfer("old-ann", "old-bob", Amount.OfStk(1), key: done));
        Refused(await economy.Transfer("old-ann", "old-bob", Amount.OfStk(100), key: old));
        Refused(await economy.Transfer("old-ann", "old-bob", Amount.OfStk(100), key: young));
        await economy.Execute($"""
            UPDATE spending.requests SET written_on = written_on - 31 WHERE id IN ('{done.Id}', '{old.Id}');
            UPDATE spending.requests SET written_on = written_on - 30 WHERE id = '{young.Id}'
            """);

        await economy.ServiceOf<KeyedWrites>(0).DropEnded(CancellationToken.None);

        Assert.Equal((1L, 0L, 1L), (await Rows(economy, done), await Rows(economy, old), await Rows(economy, young)));
        // By its day alone: the services themselves may delete nothing.
        await using var services = economy.ServiceOf<NpgsqlDataSource>(0)
            .CreateCommand("DELETE FROM spending.requests WHERE refusal IS NOT NULL");
        Assert.Equal(
            PostgresErrorCodes.InsufficientPrivilege,
            (await Assert.ThrowsAsync<PostgresException>(() => services.ExecuteNonQueryAsync())).SqlState);
    }

    private static Task<long> Rows(TestEconomy economy, RequestKey key) =>
        economy.Ask<long>($"SELECT count(*) FROM spending.requests WHERE id = '{key.Id}'");
}
