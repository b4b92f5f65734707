using Stk.GrainInterfaces.Spending;
using Stk.GrainInterfaces.Suspensions;
using Stk.Grains.Revocations;
using Stk.Grains.Tests.Economies;
using Stk.Rules.Money;
using Stk.Rules.Spending;
using Stk.Testing;
using Stk.Verification;
using Xunit;
using static Stk.Grains.Tests.Economies.Spenders;

namespace Stk.Grains.Tests.Suspensions;

[Collection(EconomyCollection.Name)]
public sealed class SuspensionTests(EconomyServer server)
{
    [Fact]
    public async Task Nothing_leaves_who_is_suspended_and_receiving_goes_on()
    {
        var economy = await server.Shared();
        await economy.Fund("su-ann", Amount.OfStk(100));
        await economy.Fund("su-bob", Amount.OfStk(10));
        await economy.Register("su-mia");
        await economy.Offer("su_session", Amount.OfStk(3), new(null, null, 1), ("mentor", 10_000));
        (string, string) mia = ("mentor", "su-mia");
        Done(await economy.Transfer("su-ann", "su-bob", Amount.OfStk(1)));

        Assert.Equal(new SuspendReply.Done(IsReplay: false), await Suspend(economy, "su-ann"));

        Assert.Equal(SpendingRefusal.ParticipantSuspended, Reason(await economy.Transfer("su-ann", "su-bob", Amount.OfStk(1))));
        Assert.Equal(SpendingRefusal.ParticipantSuspended, Reason(await economy.Buy("su-ann", "su_session", recipients: mia)));
        Done(await economy.Transfer("su-bob", "su-ann", Amount.OfStk(2)));
        Assert.True(await Grain(economy).IsSuspended("su-ann", CancellationToken.None));
        Assert.False(await Grain(economy).IsSuspended("su-bob", CancellationToken.None));
        Assert.False(await Grain(economy).IsSuspended("su-nobody", CancellationToken.None));
        // Every one of the participant's tokens of before has ended, and no other role's of that name.
        var known = economy.ServiceOf<SiloRevocations>(0);
        var old = DateTimeOffset.UtcNow.AddMinutes(-1);
        await Eventually.True(
            () => Task.FromResult(known.IsRevoked(new("x", "su-ann", "participant", old))), "the tokens have ended");
        Assert.False(known.IsRevoked(new("x", "su-ann", "operator", old)));
    }

    [Fact]
    public async Task A_repeat_is_one_suspension_and_a_second_one_changes_nothing()
    {
        var economy = await server.Shared();
        await economy.Register("sr-ann");
        var key = NewKey();

        Assert.Equal(new SuspendReply.Done(IsReplay: false), await Suspend(economy, "sr-ann", key));
        Assert.Equal(new SuspendReply.Done(IsReplay: true), await Suspend(economy, "sr-ann", key));
        Assert.Equal(new SuspendReply.Done(IsReplay: false), await Suspend(economy, "sr-ann"));
        Assert.IsType<SuspendReply.KeyReused>(await Grain(economy).Suspend(
            new(key with { Fingerprint = [.. Enumerable.Repeat((byte)7, 32)] }, "sr-ann", "stolen phone", "operator"),
            CancellationToken.None));
        Assert.IsType<SuspendReply.Unknown>(await Suspend(economy, "sr-nobody"));

        Assert.Equal(["participant.suspend operator stolen phone"], await economy.Rows("""
            SELECT action, by, reason FROM audit.entries JOIN audit.texts USING (sequence)
            WHERE subject = 'sr-ann' AND action <> 'participant.change'
            """));
    }

    [Fact]
    public async Task What_a_silo_has_not_heard_of_yet_the_commit_refuses()
    {
        await using var economy = await server.NewEconomy(new(Silos: 1));
        await economy.Begin(TestEconomy.FirstWeek);
        await economy.Fund("sc-ann", Amount.OfStk(100));
        await economy.Register("sc-bob");

        // Transfers beside it: each was before it or is refused, and verification finds none behind it.
        var sent = Enumerable.Range(0, 40).Select(_ => economy.Transfer("sc-ann", "sc-bob", Amount.OfStk(1))).ToList();
        Assert.IsType<SuspendReply.Done>(await Suspend(economy, "sc-ann"));
        sent.Add(economy.Transfer("sc-ann", "sc-bob", Amount.OfStk(1)));
        var replies = await Task.WhenAll(sent);

        Assert.Equal(SpendingRefusal.ParticipantSuspended, Reason(replies[^1]));
        Assert.All(replies, reply => Assert.True(
            reply is SpendingReply<TransferView>.Done || Reason(reply) == SpendingRefusal.ParticipantSuspended));
        Assert.Empty(await Broken(economy));
    }

    [Fact]
    public async Task Verification_names_who_paid_all_the_same_and_what_the_log_does_not_say()
    {
        await using var economy = await server.NewEconomy(new(Silos: 1));
        await economy.Begin(TestEconomy.FirstWeek);
        await economy.Fund("sv-ann", Amount.OfStk(100));
        await economy.Register("sv-bob");
        Done(await economy.Transfer("sv-ann", "sv-bob", Amount.OfStk(1)));
        await Suspend(economy, "sv-ann");
        Assert.Empty(await Broken(economy));

        await economy.Execute("UPDATE suspensions.changes SET after_sequence = 0");
        Assert.Equal(["ledger.postings"], await Broken(economy));
        await economy.Execute("UPDATE suspensions.changes SET after_sequence = 100000, reason = 'x'");
        Assert.Contains("suspensions.changes", await Broken(economy));
        await economy.Execute("DELETE FROM suspensions.changes; DELETE FROM revocations.tokens");
        Assert.Equal(["revocations.tokens", "suspensions.changes"], (await Broken(economy)).Order());
    }

    private static ISuspensionsGrain Grain(TestEconomy economy) => economy.Grains.GetGrain<ISuspensionsGrain>(0);

    private static Task<SuspendReply> Suspend(
        TestEconomy economy, string id, GrainInterfaces.Requests.RequestKey? key = null) =>
        Grain(economy).Suspend(new(key ?? NewKey(), id, "stolen phone", "operator"), CancellationToken.None);

    private static SpendingRefusal? Reason<T>(SpendingReply<T> reply) => (reply as SpendingReply<T>.Refused)?.Reason;

    private static async Task<List<string>> Broken(TestEconomy economy) =>
    [
        .. (await new InvariantsCheck(economy.Database, keys: TestEconomy.Keys).Run().ToListAsync())
            .SelectMany(finding => finding.Violations).Select(violation => violation.Table).Distinct(),
    ];
}
