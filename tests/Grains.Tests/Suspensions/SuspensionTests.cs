using Stk.GrainInterfaces.Approvals;
using Stk.GrainInterfaces.Spending;
using Stk.GrainInterfaces.Suspensions;
using Stk.Grains.Revocations;
using Stk.Grains.Tests.Economies;
using Stk.Rules.Approvals;
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
    public async Task Two_persons_lift_a_suspension_and_what_is_theirs_leaves_again()
    {
        await using var economy = await server.NewEconomy(new(Silos: 1));
        await economy.Begin(TestEconomy.FirstWeek);
        await economy.Fund("sl-ann", Amount.OfStk(100));
        await economy.Register("sl-bob");
        await economy.Approve(Done(await economy.Operators().Add(
            new(NewKey(), "sl-alias", null, "operator", "operator", null, null, null, "a second account", "operator"),
            CancellationToken.None)));
        await Suspend(economy, "sl-ann");
        var key = NewKey();

        var waiting = Done(await Lift(economy, "sl-ann", key: key));

        Assert.Equal(("participant.lift", ApprovalState.Waiting), (waiting.Kind, waiting.State));
        Assert.Equal(new SpendingReply<ApprovalView>.Done(waiting, IsReplay: true), await Lift(economy, "sl-ann", key: key));
        // Who asked, the same person by another subject, and whoever gains.
        foreach (var by in new[] { "operator", "sl-alias", "sl-ann" })
        {
            Assert.Equal(SpendingRefusal.NeedsSecondApproval, Reason(await economy.Decide(waiting.Id, by)));
        }

        Assert.Equal(SpendingRefusal.ParticipantSuspended, Reason(await economy.Transfer("sl-ann", "sl-bob", Amount.OfStk(1))));
        await economy.Approve(waiting);
        Assert.False(await Grain(economy).IsSuspended("sl-ann", CancellationToken.None));
        Done(await economy.Transfer("sl-ann", "sl-bob", Amount.OfStk(1)));
        Assert.Equal(["participant.suspend operator", "participant.lift second"], await economy.Rows("""
            SELECT action, by FROM audit.entries JOIN audit.texts USING (sequence)
            WHERE subject = 'sl-ann' AND action IN ('participant.suspend', 'participant.lift') ORDER BY sequence
            """));
        Assert.Empty(await Broken(economy));
        await economy.Execute("UPDATE suspensions.changes SET reason = 'x' WHERE NOT is_suspended");
        Assert.Equal(["suspensions.changes"], await Broken(economy));
    }

    [Fact]
    public async Task Lifting_is_of_the_suspension_that_stands_and_of_nobodys_own()
    {
        var economy = await server.Shared();
        await economy.Register("sm-ann");
        Assert.Equal(SpendingRefusal.ActNotPossible, Reason(await Lift(economy, "sm-ann")));
        Assert.Equal(SpendingRefusal.UnknownParticipant, Reason(await Lift(economy, "sm-nobody")));
        await Suspend(economy, "sm-ann");
        Assert.Equal(SpendingRefusal.OwnAffair, Reason(await Lift(economy, "sm-ann", by: "sm-ann")));
        var (first, second) = (Done(await Lift(economy, "sm-ann")), Done(await Lift(economy, "sm-ann")));

        await economy.Approve(first);
        Assert.Equal(SpendingRefusal.ActOutdated, Reason(await economy.Decide(second.Id)));
        await Suspend(economy, "sm-ann");

        Assert.Equal(SpendingRefusal.ActOutdated, Reason(await economy.Decide(second.Id)));
        Assert.True(await Grain(economy).IsSuspended("sm-ann", CancellationToken.None));
    }

    [Fact]
    public async Task Whose_entry_in_the_register_has_ended_neither_suspends_nor_lifts()
    {
        var economy = await server.Shared();
        await economy.Register("sn-ann");
        await economy.EndOperator("sn-gone");

        Assert.IsType<SuspendReply.OperatorUnknown>(await Grain(economy).Suspend(
            new(NewKey(), "sn-ann", "stolen phone", "sn-gone"), CancellationToken.None));
        Assert.False(await Grain(economy).IsSuspended("sn-ann", CancellationToken.None));
        await Suspend(economy, "sn-ann");
        Assert.Equal(SpendingRefusal.OperatorUnknown, Reason(await Lift(economy, "sn-ann", by: "sn-gone")));
    }

    [Fact]
    public async Task No_other_refusal_is_kept_or_told_where_a_silo_has_not_heard_of_a_suspension_yet()
    {
        await using var economy = await server.NewEconomy(new(Silos: 1));
        await economy.Begin(TestEconomy.FirstWeek);
        await economy.Register("sn-bob");
        await economy.Offer("sn_session", Amount.OfStk(3), new(null, null, 1), ("mentor", 10_000));
        for (var number = 1; number <= 20; number++)
        {
            var ann = $"sn-ann-{number}";
            await economy.Register(ann);
            // Nobody tells the silos of it: between two of its looks a silo does not know.
            await economy.Execute($"""
                INSERT INTO suspensions.changes (number, participant, is_suspended, after_sequence, at, by, reason)
                SELECT (SELECT coalesce(max(number), 0) + 1 FROM suspensions.changes), participants.number, true, sequence,
                    now(), 'operator', 'stolen phone'
                FROM activity.participants, ledger.head WHERE id = '{ann}'
                """);

            Assert.Equal(
                SpendingRefusal.ParticipantSuspended, Reason(await economy.Transfer(ann, "sn-bob", Amount.OfStk(1))));
            Assert.Equal(
                SpendingRefusal.ParticipantSuspended, Reason(await economy.Transfer(ann, "sn-nobody", Amount.OfStk(1))));
            Assert.Equal(
                SpendingRefusal.ParticipantSuspended,
                Reason(await economy.Buy(ann, "sn_session", recipients: ("mentor", "sn-bob"))));
        }

        Assert.Empty(await economy.Rows("SELECT id::text FROM spending.requests WHERE refusal IS NOT NULL"));
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
        Assert.Equal(["notices.notices", "revocations.tokens", "suspensions.changes"], (await Broken(economy)).Order());
    }

    private static ISuspensionsGrain Grain(TestEconomy economy) => economy.Grains.GetGrain<ISuspensionsGrain>(0);

    private static Task<SuspendReply> Suspend(
        TestEconomy economy, string id, GrainInterfaces.Requests.RequestKey? key = null) =>
        Grain(economy).Suspend(new(key ?? NewKey(), id, "stolen phone", "operator"), CancellationToken.None);

    private static Task<SpendingReply<ApprovalView>> Lift(
        TestEconomy economy, string id, string by = "operator", GrainInterfaces.Requests.RequestKey? key = null) =>
        Grain(economy).Lift(new(key ?? NewKey(), id, "the phone is back", by), CancellationToken.None);

    private static SpendingRefusal? Reason<T>(SpendingReply<T> reply) => (reply as SpendingReply<T>.Refused)?.Reason;

    private static async Task<List<string>> Broken(TestEconomy economy) =>
    [
        .. (await new InvariantsCheck(economy.Database, keys: TestEconomy.Keys).Run().ToListAsync())
            .SelectMany(finding => finding.Violations).Select(violation => violation.Table).Distinct(),
    ];
}
