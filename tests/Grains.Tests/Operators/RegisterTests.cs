using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting.Internal;
using Stk.GrainInterfaces.Approvals;
using Stk.GrainInterfaces.Operators;
using Stk.GrainInterfaces.Requests;
using Stk.GrainInterfaces.Spending;
using Stk.Grains.Operators;
using Stk.Grains.Registry;
using Stk.Grains.Tests.Economies;
using Stk.Rules.Approvals;
using Stk.Rules.Money;
using Stk.Rules.Spending;
using Stk.Rules.Treasury;
using Xunit;
using static Stk.Grains.Tests.Economies.Spenders;

namespace Stk.Grains.Tests.Operators;

[Collection(EconomyCollection.Name)]
public sealed class RegisterTests(EconomyServer server)
{
    [Fact]
    public async Task In_Development_a_subject_is_entered_as_a_person_of_its_own_at_its_first_call_and_logged()
    {
        await using var economy = await server.NewEconomy();

        await Task.WhenAll(Enumerable.Range(0, 10).Select(
            _ => economy.Operators().EnterUnknown("olga", "operator", CancellationToken.None)));
        await economy.Operators().EnterUnknown("Olga", "operator", CancellationToken.None);
        await economy.Operators().EnterUnknown("olga", "auditor", CancellationToken.None);

        Assert.Equal(
            [("olga", "operator", "olga"), ("Olga", "operator", "Olga"), ("olga", "auditor", "olga")],
            (await economy.Operators().GetRegister(CancellationToken.None))
                .Select(entry => (entry.Subject, entry.Role, entry.Person)));
        Assert.Equal(
            ["operator.enter olga", "operator.enter Olga", "operator.enter olga"],
            await economy.Rows("""
                SELECT action, by FROM audit.entries WHERE action = 'operator.enter' ORDER BY sequence
                """));
    }

    [Theory, InlineData("Production"), InlineData("Staging"), InlineData("Test")]
    public async Task Outside_Development_nobody_is_entered_at_a_first_call(string environment)
    {
        var economy = await server.Shared();
        var register = ActivatorUtilities.CreateInstance<OperatorRegister>(
            economy.ServiceOf<IServiceProvider>(0), new HostingEnvironment { EnvironmentName = environment });

        Assert.Null(await register.FindOperator("rg-nobody", CancellationToken.None));

        Assert.DoesNotContain(
            await register.EnterUnknown("rg-nobody", "auditor", CancellationToken.None), entry => entry.Subject == "rg-nobody");
    }

    [Fact]
    public async Task Two_subjects_of_one_person_are_one_and_what_is_a_persons_own_is_so_by_each_subject()
    {
        await using var economy = await server.NewEconomy();
        await economy.Begin(TestEconomy.FirstWeek);
        await economy.Register("rg-bob");
        await economy.Register("rg-olga");
        await Enter(economy, "Olga", person: "operator", participant: "rg-olga");

        var waiting = Done(await Ask(economy, "operator", "rg-bob", 10_001));
        var own = await Ask(economy, "operator", "rg-olga", 1);

        Assert.Equal(SpendingRefusal.NeedsSecondApproval, Refused(await economy.Decide(waiting.Id, by: "Olga")));
        Assert.Equal(SpendingRefusal.OwnAffair, Refused(own));
        Done(await economy.Decide(waiting.Id, by: "third"));
    }

    [Fact]
    public async Task Who_is_entered_does_not_approve_it_and_an_entry_that_ended_signs_nothing()
    {
        await using var economy = await server.NewEconomy();
        await economy.Begin(TestEconomy.FirstWeek);
        await economy.Register("rg-bob");
        var asked = Done(await Add(economy, "second-name", person: "third"));
        await economy.Operators().EnterUnknown("third", "operator", CancellationToken.None);
        Assert.Equal(SpendingRefusal.NeedsSecondApproval, Refused(await economy.Decide(asked.Id, by: "third")));

        var end = Done(await economy.Operators().End(
            new(NewKey(), "third", null, "operator", "has left", "operator"), CancellationToken.None));
        Assert.Equal(FundSpendState.Paid, Done(await Ask(economy, "third", "rg-bob", 1)).State);
        await economy.Approve(end);

        Assert.Equal(SpendingRefusal.OperatorUnknown, Refused(await Ask(economy, "third", "rg-bob", 1)));
        Assert.Equal(SpendingRefusal.OperatorUnknown, Refused(await economy.Decide(asked.Id, by: "third")));
        // Neither is it entered again by itself.
        await economy.Operators().EnterUnknown("third", "operator", CancellationToken.None);
        Assert.Equal(SpendingRefusal.OperatorUnknown, Refused(await Ask(economy, "third", "rg-bob", 1)));
        Assert.Equal(
            SpendingRefusal.ActNotPossible,
            Refused(await economy.Operators().End(
                new(NewKey(), "third", null, "operator", "again", "operator"), CancellationToken.None)));
        await Enter(economy, "third", person: "third", participant: null);
        Assert.Equal(FundSpendState.Paid, Done(await Ask(economy, "third", "rg-bob", 1)).State);
    }

    [Fact]
    public async Task The_first_ones_come_from_the_configuration_and_what_they_ask_says_where_nobody_can_approve()
    {
        await using var economy = await server.NewEconomy(new(More: new Dictionary<string, string?>
        {
            ["Stk:Operators:First:0:Subject"] = "olga",
            ["Stk:Operators:First:0:Person"] = "Olga Petrova",
            ["Stk:Operators:First:1:Subject"] = "anna",
            ["Stk:Operators:First:1:Role"] = "auditor",
        }));

        Assert.Equal(
            [("olga", "operator", "Olga Petrova", "configuration"), ("anna", "auditor", "anna", "configuration")],
            (await economy.Operators().GetRegister(CancellationToken.None))
                .Select(entry => (entry.Subject, entry.Role, entry.Person, entry.EnteredBy)));
        var key = NewKey();
        var asked = Done(await Add(economy, "oleg", "oleg", by: "olga", key: key));
        Assert.True(asked.IsAlone);
        Assert.Equal(asked, Done(await Add(economy, "oleg", "oleg", by: "olga", key: key)));
        Assert.Equal(asked, await economy.Approvals().Get(asked.Id, CancellationToken.None));
        Assert.Equal([asked], await Waiting(economy));

        // What was said of it then is so no more, wherever it is read.
        await economy.Operators().EnterUnknown("ivan", "operator", CancellationToken.None);
        Assert.False(Done(await Add(economy, "oleg", "oleg", by: "olga", key: key)).IsAlone);
        Assert.False((await economy.Approvals().Get(asked.Id, CancellationToken.None))!.IsAlone);
        Assert.Equal([asked with { IsAlone = false }], await Waiting(economy));
        Assert.False(Done(await Add(economy, "igor", "igor", by: "olga")).IsAlone);
        Assert.Equal(ApprovalState.Approved, (await economy.Approve(asked, "ivan")).State);
        Assert.False((await economy.Approvals().Get(asked.Id, CancellationToken.None))!.IsAlone);
    }

    [Fact]
    public async Task Who_was_taken_over_from_a_build_without_a_register_approves_once_another_person_has_confirmed_it()
    {
        await using var economy = await server.NewEconomy(new(Silos: 1));
        await economy.Begin(TestEconomy.FirstWeek);
        await economy.Execute("INSERT INTO operators.predecessors VALUES ('olga'), ('oleg'), ('operator')");
        await economy.Register("rg-bob");
        var (first, again) = (economy.ServiceOf<FirstOperators>(0), economy.ServiceOf<FirstOperators>(0));
        await Task.WhenAll(first.Enter(CancellationToken.None), again.Enter(CancellationToken.None));
        var waiting = Done(await Ask(economy, "operator", "rg-bob", 10_001));

        Assert.Equal(
            [("operator", "operator", true), ("oleg", "upgrade", false), ("olga", "upgrade", false)],
            (await economy.Operators().GetRegister(CancellationToken.None))
                .Select(entry => (entry.Subject, entry.EnteredBy, entry.IsConfirmed)));
        Assert.Equal(FundSpendState.Paid, Done(await Ask(economy, "olga", "rg-bob", 1)).State);
        Assert.Equal(SpendingRefusal.NeedsSecondApproval, Refused(await economy.Decide(waiting.Id, by: "olga")));
        Assert.Equal(SpendingRefusal.NeedsSecondApproval, Refused(await Confirm(economy, "olga", by: "olga")));
        Assert.Equal(SpendingRefusal.ActNotPossible, Refused(await Confirm(economy, "operator", by: "olga")));

        // One who was taken over confirms another: there may be nobody else.
        Assert.True(Done(await Confirm(economy, "olga", by: "oleg")).IsConfirmed);
        Done(await economy.Decide(waiting.Id, by: "olga"));

        Assert.Equal(SpendingRefusal.ActNotPossible, Refused(await Confirm(economy, "olga", by: "oleg")));
        await first.Enter(CancellationToken.None);
        Assert.Equal(3, (await economy.Operators().GetRegister(CancellationToken.None)).Length);
        Assert.Null(await economy.Verify());
    }

    private static Task<SpendingReply<OperatorEntry>> Confirm(TestEconomy economy, string subject, string by) =>
        economy.Operators().Confirm(new(NewKey(), subject, "the same as before", by), CancellationToken.None);

    private static async Task Enter(TestEconomy economy, string subject, string person, string? participant)
    {
        await economy.Approve(Done(await Add(economy, subject, person, participant)));
        Assert.Contains(
            await economy.Operators().GetRegister(CancellationToken.None),
            entry => entry.Subject == subject && entry.Person == person && entry.EndedAt is null);
    }

    private static Task<SpendingReply<ApprovalView>> Add(
        TestEconomy economy, string subject, string person, string? participant = null, string by = "operator",
        RequestKey? key = null) => economy.Operators().Add(
            new(key ?? NewKey(), subject, null, "operator", person, participant, null, null, "on duty", by),
            CancellationToken.None);

    private static async Task<IEnumerable<ApprovalView>> Waiting(TestEconomy economy) =>
        (await economy.Approvals().List(new(null, 10), ApprovalState.Waiting, CancellationToken.None)).Approvals;

    private static Task<SpendingReply<GrainInterfaces.Treasury.FundSpendView>> Ask(
        TestEconomy economy, string by, string to, int stk) => economy.Treasury().Spend(
        new(NewKey(), Fund.Treasury, to, Amount.OfStk(stk), FundSpendKind.Grant, "for a test", 0, by), CancellationToken.None);
}
