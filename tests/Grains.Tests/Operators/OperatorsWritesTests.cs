using System.Reflection;
using System.Text.RegularExpressions;
using Stk.GrainInterfaces.Callers;
using Stk.GrainInterfaces.Corrections;
using Stk.GrainInterfaces.Deliveries;
using Stk.GrainInterfaces.Deposits;
using Stk.GrainInterfaces.Health;
using Stk.GrainInterfaces.Identities;
using Stk.GrainInterfaces.Inactivity;
using Stk.GrainInterfaces.Pulls;
using Stk.GrainInterfaces.Reconciling;
using Stk.GrainInterfaces.Revocations;
using Stk.GrainInterfaces.Settling;
using Stk.GrainInterfaces.Sources;
using Stk.GrainInterfaces.Suspensions;
using Stk.GrainInterfaces.Vesting;
using Stk.Grains.Operators;
using Stk.Grains.Tests.ChainActs;
using Stk.Grains.Tests.Economies;
using Stk.Grains.Tests.Settling;
using Stk.Rules.Money;
using Stk.Rules.Notices;
using Stk.Rules.RuleBooks;
using Stk.Rules.Runs;
using Stk.Rules.Treasury;
using Stk.Rules.Vesting;
using Stk.Rules.Weeks;
using Xunit;
using static Stk.Grains.Tests.Economies.Spenders;

namespace Stk.Grains.Tests.Operators;

/// <summary>
/// Each write of operators, found by reflection, asks the register in the silo, and again in its commit: whatever an API
/// host believes, who is no operator any more changes nothing.
/// </summary>
[Collection(OwnEconomiesCollection.Name)]
public sealed partial class OperatorsWritesTests(EconomyServer server)
{
    private static readonly WeekId Settled = TestEconomy.FirstWeek;
    private static readonly WeekId Week = Settled.Next;

    // As it is done by somebody who may; in an order in which all can be.
    private static readonly Dictionary<string, Func<Prepared, string, Task<object>>> Writes = new(StringComparer.Ordinal)
    {
        ["IAppealsGrain.Decide"] = async (it, by) => await it.Economy.Grains.GetGrain<IAppealsGrain>(0).Decide(
            new(NewKey(), it.Appeal, true, "heard", by), default),
        ["IApprovalsGrain.Decide"] = async (it, by) => await it.Economy.Decide(it.FirstSpend, by),
        ["IChainActsGrain.Ask"] = async (it, by) => await KeyHolders.Acts(it.Economy).Ask(
            new(NewKey(), "memo", null, "hello", "to be seen", by), default),
        ["IChainActsGrain.Decide"] = async (it, by) => await KeyHolders.Acts(it.Economy).Decide(
            KeyHolders.Yes(it.AskedAct, by), default),
        ["IChainActsGrain.PutSigned"] = async (it, by) => await KeyHolders.Acts(it.Economy).PutSigned(
            new(NewKey(), it.ApprovedAct, [.. it.Signed], by), default),
        ["IClockGrain.Set"] = async (it, by) => await it.Economy.Clock.Set(new(Week.End.AddMinutes(2), by, NewKey())),
        ["IClockGrain.Stop"] = async (it, by) => await it.Economy.Clock.Stop(new(by, "enough", NewKey())),
        ["ICorrectionsGrain.Correct"] = async (it, by) => await it.Economy.Grains
            .GetGrain<ICorrectionsGrain>(Settled.ToString())
            .Correct(new(NewKey(), "ow-bob", Amount.OfStk(1), "was lost", by), default),
        ["IDeliveriesGrain.Pause"] = async (it, by) => await it.Economy.Grains.GetGrain<IDeliveriesGrain>(0).Pause(
            new(NewKey(), NoticeChannel.Email, true, "the relay moves", by), default),
        ["IDeliveriesGrain.Retry"] = async (it, by) => await it.Economy.Grains.GetGrain<IDeliveriesGrain>(0).Retry(
            new(NewKey(), it.Dead, NoticeChannel.Email, "a new mailbox", by), default),
        ["IDepositDeskGrain.Assign"] = async (it, by) => await it.Economy.Grains.GetGrain<IDepositDeskGrain>(0).Assign(
            new(NewKey(), Prepared.Deposit, "ow-bob", "it is his", by), default),
        ["IDepositDeskGrain.SendBack"] = async (it, by) => await it.Economy.Grains.GetGrain<IDepositDeskGrain>(0).SendBack(
            new(NewKey(), Prepared.OtherDeposit, "it is nobody's", by), default),
        ["IIdentitiesGrain.Link"] = async (it, by) => await it.Economy.Grains.GetGrain<IIdentitiesGrain>(0).Link(
            new(NewKey(), "club", "42", "ow-bob", "the same person", by), default),
        ["ILeavesGrain.Put"] = async (it, by) => await it.Economy.Grains.GetGrain<ILeavesGrain>(0).Put(
            new(NewKey(), "ow-bob", Week.Monday, null, "is away", by), default),
        ["IMergesGrain.Merge"] = async (it, by) => await it.Economy.Grains.GetGrain<IMergesGrain>(0).Merge(
            new(NewKey(), "ow-anon", "ow-bob", "the same person", by), default),
        ["IMergesGrain.Undo"] = async (it, by) => await it.Economy.Grains.GetGrain<IMergesGrain>(0).Undo(
            new(NewKey(), it.Merge, "two people", by), default),
        ["IOperatorsGrain.Add"] = async (it, by) => await it.Economy.Operators().Add(
            new(NewKey(), "ow-new", null, "operator", "New", null, null, null, "on duty", by), default),
        ["IOperatorsGrain.Confirm"] = async (it, by) => await it.Economy.Operators().Confirm(
            new(NewKey(), "ow-former", "the same as before", by), default),
        ["IOperatorsGrain.End"] = async (it, by) => await it.Economy.Operators().End(
            new(NewKey(), "third", null, "operator", "has left", by), default),
        ["IProfileGrain.ChangeProfile"] = async (it, by) => await it.Economy.Participant("ow-bob").ChangeProfile(
            new(2, null, "promoted", by, NewKey()), default),
        ["IPullsGrain.Backfill"] = async (it, by) => await it.Economy.Grains.GetGrain<IPullsGrain>(Prepared.Pulled)
            .Backfill(new(NewKey(), Settled.Start, Settled.End, "it was away", by), default),
        ["IPullsGrain.Check"] = async (it, by) => await it.Economy.Grains.GetGrain<IPullsGrain>(Prepared.Pulled)
            .Check(new(NewKey(), Week.Next, "a look", by), default),
        ["IPullsGrain.Pull"] = async (it, by) => await it.Economy.Grains.GetGrain<IPullsGrain>(Prepared.Pulled)
            .Pull(new(NewKey(), "a look", by), default),
        ["IQuarantineGrain.Delete"] = async (it, by) => await it.Economy.Grains.GetGrain<IQuarantineGrain>(Prepared.Source)
            .Delete(new(NewKey(), [], "rejected", "of no use", by), default),
        ["IQuarantineGrain.Replay"] = async (it, by) => await it.Economy.Grains.GetGrain<IQuarantineGrain>(Prepared.Source)
            .Replay(new(NewKey(), [], "held", "the club was away", by), default),
        ["IReconciliationDeskGrain.Ask"] = async (it, by) => await it.Economy.Grains.GetGrain<IReconciliationDeskGrain>(0)
            .Ask(new(NewKey(), "a look", by), default),
        ["IReconciliationDeskGrain.Cover"] = async (it, by) => await it.Economy.Grains
            .GetGrain<IReconciliationDeskGrain>(0).Cover(new(NewKey(), Prepared.Difference, "was stolen", by), default),
        ["IRevocationsGrain.Revoke"] = async (it, by) => await it.Economy.Grains.GetGrain<IRevocationsGrain>(0).Revoke(
            new(NewKey(), "some-token", null, null, "lost phone", by), default),
        ["IRuleBookGrain.Propose"] = async (it, by) => await it.Economy.RuleBook.Propose(
            new(Week.Next.Next.Next, it.Document, by, NewKey(), "for a test"), default),
        ["IRuleBookGrain.Withdraw"] = async (it, by) => await it.Economy.RuleBook.Withdraw(
            new(NewKey(), 2, "the wrong week", by), default),
        ["IScheduleGrain.ResumeBy"] = async (it, by) => await it.Economy.Schedule.ResumeBy(new(by, "is right", NewKey())),
        ["IScheduleGrain.RunBy"] = async (it, by) => await it.Economy.Schedule.RunBy(
            new(NewKey(), DueKinds.Audit, Prepared.AuditedDay, by)),
        ["IScheduleGrain.SkipBy"] = async (it, by) => await it.Economy.Schedule.SkipBy(
            new(NewKey(), DueKinds.InactivityWarning, it.Warning, "nobody is away", by)),
        ["IServiceGrain.Put"] = async (it, by) => await it.Economy.Service("ow_week").Put(
            new(NewKey(), Draft(Amount.OfStk(1), new(7, null, null), ("treasury", 10_000)), null, by, IsOperator: true),
            default),
        ["IServiceGrain.SetState"] = async (it, by) => await it.Economy.Service("ow_hour").SetState(
            new(NewKey(), IsAdmitted: false, "no longer", by), default),
        ["ISettlementDeskGrain.Pause"] = async (it, by) => await it.Economy.Grains.GetGrain<ISettlementDeskGrain>(0).Pause(
            new(NewKey(), "the nodes are moved", by), default),
        ["ISettlementDeskGrain.Resolve"] = async (it, by) => await it.Economy.Grains.GetGrain<ISettlementDeskGrain>(0)
            .Resolve(new(NewKey(), Prepared.Batch, null, "no explorer shows it", by), default),
        ["ISettlementDeskGrain.Resume"] = async (it, by) => await it.Economy.Grains.GetGrain<ISettlementDeskGrain>(0).Resume(
            new(NewKey(), "they are", by), default),
        ["ISourceGrain.Put"] = async (it, by) => await it.Economy.Grains.GetGrain<ISourceGrain>("ow-club").Put(
            new(Week.End, false, NewKey(), by), default),
        ["ISpenderGrain.Refund"] = async (it, by) => await it.Economy.Spender("ow-bob").Refund(
            new(NewKey(), it.Purchase, "was ill", by), default),
        ["ISuspensionsGrain.Lift"] = async (it, by) => await it.Economy.Grains.GetGrain<ISuspensionsGrain>(0).Lift(
            new(NewKey(), "ow-sue", "is found", by), default),
        ["ISuspensionsGrain.Suspend"] = async (it, by) => await it.Economy.Grains.GetGrain<ISuspensionsGrain>(0).Suspend(
            new(NewKey(), "ow-bob", "lost phone", by), default),
        ["ITreasuryGrain.Decide"] = async (it, by) => await it.Economy.Treasury().Decide(
            new(NewKey(), it.SecondSpend, true, "looked at", by), default),
        ["ITreasuryGrain.Spend"] = async (it, by) => await it.Economy.Treasury().Spend(
            new(NewKey(), Fund.Treasury, "ow-mia", Amount.OfStk(1), FundSpendKind.Grant, "for a test", 0, by), default),
        ["IVestingGrain.Decide"] = async (it, by) => await it.Economy.Grains.GetGrain<IVestingGrain>(0).Decide(
            new(NewKey(), it.Grant, Verdict.Cancel, "never began", by), default),
        ["IVoidsGrain.Lift"] = async (it, by) => await it.Economy.Grains.GetGrain<IVoidsGrain>(Prepared.Source).Lift(
            new(NewKey(), it.Void, "they were right", by), default),
        ["IVoidsGrain.Void"] = async (it, by) => await it.Economy.Grains.GetGrain<IVoidsGrain>(Prepared.Source).Void(
            new(NewKey(), Week.Start, Week.End, null, "a stolen key", by), default),
        ["IWeekGrain.Close"] = async (it, by) => await it.Economy.Week(Week).Close(new(by, null, NewKey())),
    };

    [Fact]
    public void Each_write_of_operators_is_here() => Assert.Equal(
        typeof(IHealthGrain).Assembly.GetExportedTypes()
            .Where(type => type.IsInterface && typeof(IGrain).IsAssignableFrom(type))
            .SelectMany(type => type.GetMethods())
            .Where(method => method.GetCustomAttribute<MayCallAttribute>()?.Who.HasFlag(CallerRoles.Operator) is true
                && method.GetParameters().Any(parameter => parameter.ParameterType.GetProperty("By") is not null))
            .Select(method => $"{method.DeclaringType!.Name}.{method.Name}").Order(StringComparer.Ordinal),
        Writes.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public async Task Who_is_no_operator_any_more_is_told_so_by_the_silo_and_by_none_changes_anything()
    {
        await using var holders = await KeyHolders.Begin();
        await using var economy = await server.NewEconomy(new(More: holders.Settings()));
        var prepared = await Prepare(economy, holders);
        await economy.EndOperator("gone");
        var before = await economy.Ask<long>("SELECT sequence FROM audit.head");

        foreach (var (name, write) in Writes)
        {
            var reply = (await write(prepared, "gone")).ToString();

            Assert.True(SaysUnknown().IsMatch(reply!), $"{name} by one whose entry has ended: {reply}");
        }

        Assert.Equal(before, await economy.Ask<long>("SELECT sequence FROM audit.head"));
    }

    // The entry ends between the plan of a write and its commit, at the first try and at no other: a commit that does not
    // look for itself would leave it so.
    [Fact]
    public async Task Each_write_looks_again_in_its_commit()
    {
        await using var holders = await KeyHolders.Begin();
        await using var economy = await server.NewEconomy(new(More: holders.Settings()));
        var prepared = await Prepare(economy, holders);
        await economy.Execute("""
            CREATE SEQUENCE public.tries;
            CREATE FUNCTION public.end_once() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
            BEGIN
                IF nextval('public.tries') = 1 THEN
                    INSERT INTO operators.ends (entry, at, by, approval)
                    SELECT entry, now(), 'a test', gen_random_uuid() FROM operators.register WHERE subject = 'olga';
                END IF;
                RETURN NEW;
            END $$;
            CREATE TRIGGER end_once BEFORE INSERT ON economy.answers FOR EACH ROW EXECUTE FUNCTION public.end_once();
            CREATE TRIGGER end_once BEFORE INSERT ON spending.requests FOR EACH ROW EXECUTE FUNCTION public.end_once();
            CREATE TRIGGER end_once BEFORE INSERT ON activity.profile_changes
            FOR EACH ROW EXECUTE FUNCTION public.end_once()
            """);

        foreach (var (name, write) in Writes)
        {
            var before = await economy.Ask<long>("SELECT sequence FROM audit.head");
            await economy.Execute("ALTER SEQUENCE public.tries RESTART");

            var reply = await write(prepared, "olga");

            Assert.True(
                await economy.Ask<long>("SELECT count(*) FROM operators.ends") == 0, $"{name} has not looked: {reply}");
            Assert.True(await economy.Ask<long>("SELECT last_value FROM public.tries") > 1, $"{name} was tried once: {reply}");
            Assert.True(await economy.Ask<long>("SELECT sequence FROM audit.head") > before, $"{name} did nothing: {reply}");
        }
    }

    private static async Task<Prepared> Prepare(TestEconomy economy, KeyHolders holders)
    {
        await economy.Begin(Settled);
        foreach (var subject in new[] { "olga", "third" })
        {
            await economy.Operators().EnterUnknown(subject, "operator", default);
        }

        await economy.Execute("INSERT INTO operators.predecessors VALUES ('ow-former')");
        await economy.ServiceOf<FirstOperators>(0).Enter(default);
        await economy.Fund("ow-bob", Amount.OfStk(10));
        await economy.Register("ow-mia");
        await economy.Register("ow-sue");
        await economy.Close(Settled);
        await economy.Offer("ow_hour", Amount.OfStk(5), new(null, 1, null), ("treasury", 10_000));
        var purchase = Done(await economy.Buy("ow-bob", "ow_hour")).Id;
        await economy.Grains.GetGrain<ISuspensionsGrain>(0).Suspend(
            new(NewKey(), "ow-sue", "lost phone", TwoPersons.First), default);
        await Spend(economy, 100, vestsDays: 30);
        var frozen = await economy.Grains.GetGrain<IVestingGrain>(0).GetGrants(new(null, 1), GrantState.Frozen, default);
        var document = TwoPersons.Unnumbered((await economy.RuleBook.GetVersions())[^1].Document);
        await economy.Announce(Week.Next.Next, document);
        var appeal = Guid.NewGuid();
        await economy.Execute($"""
            INSERT INTO inactivity.appeals (id, quarter, participant, after_sequence, at, body)
            SELECT '{appeal}', 20241, number, 0, registered_at, 'was ill' FROM activity.participants WHERE id = 'ow-mia'
            """);
        var dead = Guid.NewGuid();
        await economy.Execute($$"""
            WITH told AS (
                INSERT INTO notices.notices (id, participant, kind, at, "values", is_planned)
                SELECT '{{dead}}', number, 'sale', registered_at, '{}', true
                FROM activity.participants WHERE id = 'ow-mia' RETURNING id, participant)
            INSERT INTO notices.deliveries (
                notice, channel, participant, language, rank, place, due, is_digest, state, attempts, reason, ended_at)
            SELECT id, 1, participant, 'ru', 1, 0, now(), false, 3, 1, 'smtp-550', now() FROM told
            """);
        await economy.Execute($"""
            INSERT INTO schedule.work (kind, subject, due, state)
            VALUES ('{DueKinds.Audit}', '{Prepared.AuditedDay}', '{Prepared.AuditedDay}', 6)
            """);
        await economy.Execute(UncertainAct.Sql(Prepared.Batch));
        await economy.Execute($"""
            INSERT INTO settlement.deposits (id, account, signature, account_index, slot, amount_micro, sender, at, state)
            VALUES ('{Prepared.Deposit}', 'a', 's', 0, 1, 5, NULL, now(), 2),
                ('{Prepared.OtherDeposit}', 'a', 's', 1, 1, 5, '{Prepared.Sender}', now(), 2);
            INSERT INTO settlement.differences (id, kind, account, signature, slot, amount_micro, details, found_at)
            VALUES ('{Prepared.Difference}', 1, 'a', 's', 1, 5, 'It is gone.', now())
            """);
        var spends = (await Spend(economy, 20_000), await Spend(economy, 20_000));
        await economy.Grains.GetGrain<ISourceGrain>(Prepared.Source).Put(
            new(Week.End, false, NewKey(), TwoPersons.First), default);
        await PutPulled(economy);
        var voids = economy.Grains.GetGrain<IVoidsGrain>(Prepared.Source);
        var asked = Done(await voids.Void(
            new(NewKey(), Settled.Start, Settled.End, null, "a mistake", TwoPersons.First), default));
        await economy.Approve(asked);
        await economy.RunTo(Week.End.AddMinutes(1));
        var warning = (await economy.Schedule.GetSchedule(new(null, 1), default)).Coming
            .First(work => work.Kind == DueKinds.InactivityWarning).Subject;
        await holders.MakeVault(economy);
        var waiting = Done(await KeyHolders.Acts(economy).Ask(
            new(NewKey(), "memo", null, "hello", "to be seen", TwoPersons.First), default));
        var approved = await KeyHolders.Approved(economy, "memo", null, "hello again");
        return new(
            economy, document, purchase, frozen.Grants[0].Id, appeal, dead, spends.Item1, spends.Item2, warning, asked.Id,
            waiting.Id, approved, await KeyHolders.Sign(economy, approved, holders.Keys.Vault),
            await MakeMerge(economy));
    }

    private static async Task<Guid> MakeMerge(TestEconomy economy)
    {
        await economy.Register("ow-anon");
        await economy.Register("ow-anon-2");
        var merged = await economy.Grains.GetGrain<IMergesGrain>(0).Merge(
            new(NewKey(), "ow-anon-2", "ow-bob", "the same person", TwoPersons.First), default);
        return merged.View!.Id;
    }

    // Nobody asks it: it is paused.
    private static Task<SourceReply> PutPulled(TestEconomy economy) =>
        economy.Grains.GetGrain<ISourceGrain>(Prepared.Pulled).Put(
            new(null, false, NewKey(), TwoPersons.First, Settings: $$"""
                {"kind":"posthog","address":"https://posthog.example","project":3,"active":false,
                 "pull":{"everySeconds":60,"settleMinutes":0,"from":"{{Settled.Start:O}}"} }
                """), default);

    private static async Task<Guid> Spend(TestEconomy economy, int stk, int vestsDays = 0) =>
        Done(await economy.Treasury().Spend(
            new(
                NewKey(), Fund.Treasury, "ow-mia", Amount.OfStk(stk), FundSpendKind.Grant, "for a test", vestsDays,
                TwoPersons.First),
            default)).Id;

    [GeneratedRegex("(?<!Is)OperatorUnknown|IsOperatorUnknown = True")]
    private static partial Regex SaysUnknown();

    /// <summary>What the writes are about.</summary>
    private sealed record Prepared(
        TestEconomy Economy, byte[] Document, Guid Purchase, string Grant, Guid Appeal, Guid Dead, Guid FirstSpend,
        Guid SecondSpend, string Warning, Guid Void, Guid AskedAct, Guid ApprovedAct, byte[] Signed, Guid Merge)
    {
        /// <summary>Long due.</summary>
        public const string AuditedDay = "2000-01-03";

        public const string Source = "ow-kept";

        public const string Pulled = "ow-pulled";

        public static readonly Guid Deposit = new("00000000-0000-4000-8000-00000000000b");

        public static readonly Guid OtherDeposit = new("00000000-0000-4000-8000-00000000000d");

        public const string Sender = "7EcDhSYGxXyscszYEp35KHN8vvw3svAuLKTzXwCFLtV";

        public static readonly Guid Difference = new("00000000-0000-4000-8000-00000000000c");

        /// <summary>Sent, and nobody knows what has become of it.</summary>
        public static readonly Guid Batch = new("00000000-0000-4000-8000-00000000000a");
    }
}
