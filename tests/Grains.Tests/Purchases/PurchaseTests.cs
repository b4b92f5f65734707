using Stk.GrainInterfaces.Entitlements;
using Stk.GrainInterfaces.Services;
using Stk.GrainInterfaces.Spending;
using Stk.Grains.Tests.Economies;
using Stk.Rules.Money;
using Stk.Rules.Spending;
using Xunit;
using static Stk.Grains.Tests.Economies.Spenders;

namespace Stk.Grains.Tests.Purchases;

[Collection(EconomyCollection.Name)]
public sealed class PurchaseTests(EconomyServer server)
{
    [Fact]
    public async Task A_purchase_pays_every_recipient_and_entitles_in_one_commit()
    {
        var economy = await server.Shared();
        await economy.Fund("pu-ann", Amount.OfStk(500));
        await economy.Register("pu-mia");
        var treasury = await economy.FundBalance(Fund.Treasury);

        var bought = Done(await economy.Buy("pu-ann", "mentor_session_1h", recipients: ("mentor", "pu-mia")));

        Assert.Equal(("pu-ann", "mentor_session_1h", 1, Amount.OfStk(200)), (bought.Buyer, bought.Service, bought.Version, bought.Price));
        Assert.Equal(
            [new("mentor", "pu-mia", Amount.OfStk(160)), new PurchasePart("treasury", null, Amount.OfStk(40))],
            bought.Parts.ToArray());
        Assert.Equal(new EntitlementView(bought.Id, "mentor_session_1h", bought.At, null, 1, 0, null), bought.Entitlement);
        Assert.Equal((Amount.OfStk(300), Amount.OfStk(160)), (await economy.Available("pu-ann"), await economy.Available("pu-mia")));
        Assert.Equal(treasury + 40_000_000, await economy.FundBalance(Fund.Treasury));
        Assert.Equal(new EntitlementCheck(true, null, 1), await economy.Entitled("pu-ann").CheckEntitlement("mentor_session_1h"));
        Assert.Equal(new EntitlementCheck(false, null, null), await economy.Entitled("pu-ann").CheckEntitlement("course_basic"));
        var sale = Assert.Single((await economy.Participant("pu-mia").GetSales(new(null, 10), CancellationToken.None)).Sales);
        Assert.Equal(
            new SaleView(bought.Id, bought.At, "mentor_session_1h", 1, "mentor", Amount.OfStk(160), false), sale);
        var found = await economy.Grains.GetGrain<IPurchasesGrain>(0).Find(bought.Id, CancellationToken.None);
        Assert.Equal(bought with { Parts = [] }, found! with { Parts = [] });
        Assert.Null(await economy.Verify());
    }

    [Fact]
    public async Task The_same_purchase_fifty_times_at_once_is_one_purchase_with_fifty_equal_answers()
    {
        var economy = await server.Shared();
        await economy.Fund("fifty", Amount.OfStk(1_000));
        await economy.Register("fifty-mentor");
        var key = NewKey();

        var replies = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ =>
            economy.Buy("fifty", "mentor_session_1h", key, recipients: ("mentor", "fifty-mentor"))));

        var views = replies.Select(Done).Select(view => view with { Parts = [] }).ToList();
        Assert.Single(views.Distinct());
        Assert.Equal(1, replies.Count(reply => reply is SpendingReply<PurchaseView>.Done { IsReplay: false }));
        Assert.Equal(Amount.OfStk(800), await economy.Available("fifty"));
        Assert.Equal(
            1, await economy.Ask<long>($"SELECT count(*) FROM spending.purchases WHERE buyer = {await economy.NumberOf("fifty")}"));
    }

    [Fact]
    public async Task A_replay_after_a_death_a_use_and_another_price_gives_the_first_answer()
    {
        var economy = await server.Shared();
        await economy.Fund("rep-ann", Amount.OfStk(1_000));
        await economy.Register("rep-mia");
        await economy.Offer("rep_session", Amount.OfStk(10), new(null, null, 2), ("mentor", 10_000));
        var key = NewKey();
        var first = Done(await economy.Buy("rep-ann", "rep_session", key, recipients: ("mentor", "rep-mia")));

        Done(await economy.Entitled("rep-ann").UseEntitlement(new("rep_session", Guid.NewGuid(), "club"), CancellationToken.None));
        await economy.Offer("rep_session", Amount.OfStk(20), new(null, null, 2), ("mentor", 10_000));
        await economy.Cluster.DeactivateAsync(economy.Spender("rep-ann"));
        var again = await economy.Buy("rep-ann", "rep_session", key, recipients: ("mentor", "rep-mia"));

        Assert.True(Assert.IsType<SpendingReply<PurchaseView>.Done>(again).IsReplay);
        Assert.Equal(first.Parts.ToArray(), Done(again).Parts.ToArray());
        Assert.Equal(first with { Parts = [] }, Done(again) with { Parts = [] });
        Assert.Equal(Amount.OfStk(990), await economy.Available("rep-ann"));
    }

    [Fact]
    public async Task What_cannot_be_bought_is_refused_with_its_reason()
    {
        var economy = await server.Shared();
        await economy.Fund("no-ann", Amount.OfStk(100));
        await economy.Register("no-mia");
        await economy.Register("no-staff");
        await economy.Participant("no-staff").ChangeProfile(new(null, true, "staff", "operator"), CancellationToken.None);
        await economy.Offer("no_session", Amount.OfStk(10), new(null, null, 1), ("mentor", 8_000), ("treasury", 2_000));
        await economy.Offer("no_gone", Amount.OfStk(10), new(null, null, null), ("treasury", 10_000));
        await economy.Offer("no_dear", Amount.OfStk(101), new(null, null, null), ("treasury", 10_000));
        await economy.Service("no_gone").SetState(new(NewKey(), false, "over", "operator"), CancellationToken.None);
        await economy.Service("no_proposed").Put(
            new(NewKey(), Draft(Amount.OfStk(1), new(null, null, null), ("treasury", 10_000)), null, "no-mia", IsOperator: false),
            CancellationToken.None);
        (string, string)[] mia = [("mentor", "no-mia")];

        Assert.Equal(SpendingRefusal.UnknownService, Refused(await economy.Buy("no-ann", "no_such")));
        Assert.Equal(SpendingRefusal.UnknownService, Refused(await economy.Buy("no-ann", "no_proposed")));
        Assert.Equal(SpendingRefusal.ServiceWithdrawn, Refused(await economy.Buy("no-ann", "no_gone")));
        Assert.Equal(SpendingRefusal.PriceChanged, Refused(await economy.Buy("no-ann", "no_session", version: 2, recipients: mia)));
        Assert.Equal(SpendingRefusal.PriceChanged, Refused(await economy.Buy("no-ann", "no_session", price: new(1), recipients: mia)));
        Assert.Equal(SpendingRefusal.RecipientUnresolved, Refused(await economy.Buy("no-ann", "no_session")));
        Assert.Equal(SpendingRefusal.RecipientUnresolved, Refused(await economy.Buy("no-ann", "no_session", recipients: ("mentor", "no-nobody"))));
        Assert.Equal(SpendingRefusal.RecipientUnresolved, Refused(await economy.Buy("no-ann", "no_session", recipients: ("mentor", "no-staff"))));
        Assert.Equal(
            SpendingRefusal.RecipientUnresolved,
            Refused(await economy.Buy("no-ann", "no_session", recipients: [.. mia, ("treasury", "no-mia")])));
        Assert.Equal(SpendingRefusal.RecipientIsBuyer, Refused(await economy.Buy("no-ann", "no_session", recipients: ("mentor", "no-ann"))));
        Assert.Equal(SpendingRefusal.InsufficientFunds, Refused(await economy.Buy("no-ann", "no_dear")));
        Assert.Equal(SpendingRefusal.InsufficientFunds, Refused(await economy.Buy("no-nobody-buys", "no_session", recipients: mia)));
        Assert.Equal(Amount.OfStk(100), await economy.Available("no-ann"));
        Done(await economy.Buy("no-ann", "no_session", version: 1, price: Amount.OfStk(10), recipients: mia));
    }

    [Fact]
    public async Task A_refund_is_the_exact_reverse_once_and_ends_the_entitlement()
    {
        var economy = await server.Shared();
        await economy.Fund("back-ann", Amount.OfStk(100));
        await economy.Register("back-mia");
        await economy.Offer("back_course", new(33_333_334), new(30, null, null), ("mentor", 6_667), ("treasury", 3_333));
        var treasury = await economy.FundBalance(Fund.Treasury);
        var bought = Done(await economy.Buy("back-ann", "back_course", recipients: ("mentor", "back-mia")));
        var ann = economy.Spender("back-ann");
        Assert.True((await economy.Entitled("back-ann").CheckEntitlement("back_course")).IsActive);
        var key = NewKey();

        var refund = Done(await ann.Refund(new(key, bought.Id, "was ill", "operator"), CancellationToken.None));

        Assert.Equal((bought.Id, bought.Price), (refund.Purchase, refund.Amount));
        Assert.Equal((Amount.OfStk(100), Amount.Zero), (await economy.Available("back-ann"), await economy.Available("back-mia")));
        Assert.Equal(treasury, await economy.FundBalance(Fund.Treasury));
        Assert.False((await economy.Entitled("back-ann").CheckEntitlement("back_course")).IsActive);
        var listed = await economy.Entitled("back-ann").ListEntitlements(CancellationToken.None);
        Assert.Equal(refund.At, Assert.Single(listed.Entitlements).EndedAt);
        Assert.True((await economy.Participant("back-mia").GetSales(new(null, 10), CancellationToken.None)).Sales[0].IsRefunded);
        Assert.Equal(
            new SpendingReply<RefundView>.Done(refund, IsReplay: true),
            await ann.Refund(new(key, bought.Id, "was ill", "operator"), CancellationToken.None));
        Assert.Equal(
            SpendingRefusal.AlreadyRefunded,
            Refused(await ann.Refund(new(NewKey(), bought.Id, "again", "operator"), CancellationToken.None)));
        Assert.Equal(
            SpendingRefusal.UnknownPurchase,
            Refused(await economy.Spender("back-mia").Refund(new(NewKey(), bought.Id, "not hers", "operator"), CancellationToken.None)));
        Assert.Equal(
            ["operator back-ann was ill"],
            await economy.Rows($"""
                SELECT by, subject, reason FROM audit.entries JOIN audit.texts USING (sequence)
                WHERE action = 'purchase.refund' AND subject = 'back-ann'
                """));
        Assert.Null(await economy.Verify());
    }

    [Fact]
    public async Task A_refund_is_refused_where_a_recipient_has_spent_and_where_the_window_is_over()
    {
        var economy = await server.Shared();
        await economy.Fund("late-ann", Amount.OfStk(100));
        await economy.Register("late-mia");
        await economy.Offer("late_session", Amount.OfStk(10), new(null, null, 1), ("mentor", 10_000));
        var bought = Done(await economy.Buy("late-ann", "late_session", recipients: ("mentor", "late-mia")));
        Done(await economy.Transfer("late-mia", "late-ann", new(1)));
        var ann = economy.Spender("late-ann");

        Assert.Equal(
            SpendingRefusal.RecipientHasSpent,
            Refused(await ann.Refund(new(NewKey(), bought.Id, "?", "operator"), CancellationToken.None)));
        Assert.True((await economy.Entitled("late-ann").CheckEntitlement("late_session")).IsActive);
        await economy.RunTo(bought.At.AddDays(14).AddSeconds(1));
        Done(await economy.Transfer("late-ann", "late-mia", new(1)));
        Assert.Equal(
            SpendingRefusal.RefundTooLate,
            Refused(await ann.Refund(new(NewKey(), bought.Id, "?", "operator"), CancellationToken.None)));
    }

    [Fact]
    public async Task Sessions_are_used_once_an_id_and_never_more_than_were_bought()
    {
        var economy = await server.Shared();
        await economy.Fund("use-ann", Amount.OfStk(100));
        await economy.Register("use-mia");
        await economy.Offer("use_session", Amount.OfStk(1), new(null, null, 5), ("mentor", 10_000));
        await economy.Buy("use-ann", "use_session", recipients: ("mentor", "use-mia"));
        await economy.Buy("use-ann", "use_session", recipients: ("mentor", "use-mia"));
        var ann = economy.Entitled("use-ann");
        Assert.Equal(10, (await ann.CheckEntitlement("use_session")).Left);
        Guid[] ids = [.. Enumerable.Range(0, 13).Select(_ => Guid.NewGuid())];

        var replies = await Task.WhenAll(ids.Concat(ids).Select(async id =>
            (Id: id, Reply: await ann.UseEntitlement(new("use_session", id, "club"), CancellationToken.None))));

        var done = replies.Where(one => one.Reply is SpendingReply<UseView>.Done).ToList();
        Assert.Equal(20, done.Count);
        Assert.All(done.GroupBy(one => one.Id), uses => Assert.Single(uses.Select(use => Done(use.Reply)).Distinct()));
        Assert.Equal(
            [0, 0, 1, 1, 2, 2, 3, 3, 4, 4], done.Select(one => Done(one.Reply)).Distinct().Select(use => use.Left).Order());
        Assert.All(
            replies.Where(one => one.Reply is not SpendingReply<UseView>.Done),
            one => Assert.Equal(SpendingRefusal.NoEntitlement, Refused(one.Reply)));
        Assert.Equal(new EntitlementCheck(false, null, null), await ann.CheckEntitlement("use_session"));
        Assert.Equal(10, await economy.Ask<long>($"""
            SELECT sum(used) FROM spending.entitlements WHERE participant = {await economy.NumberOf("use-ann")}
            """));
        Assert.IsType<SpendingReply<UseView>.KeyReused>(
            await economy.Entitled("use-mia").UseEntitlement(new("use_session", done[0].Id, "club"), CancellationToken.None));
        await economy.Cluster.DeactivateAsync(ann);
        Assert.Equal(
            Done(done[0].Reply),
            Done(await ann.UseEntitlement(new("use_session", done[0].Id, "club"), CancellationToken.None)));
    }

    [Fact]
    public async Task An_entitlement_of_days_ends_with_them()
    {
        var economy = await server.Shared();
        await economy.Fund("days-ann", Amount.OfStk(100));
        await economy.Offer("days_agent", Amount.OfStk(1), new(3, null, null), ("treasury", 10_000));
        var bought = Done(await economy.Buy("days-ann", "days_agent"));
        var ann = economy.Entitled("days-ann");

        await economy.RunTo(bought.At.AddDays(3).AddSeconds(-1));
        Assert.Equal(new EntitlementCheck(true, bought.At.AddDays(3), null), await ann.CheckEntitlement("days_agent"));
        await economy.RunTo(bought.At.AddDays(3).AddSeconds(1));
        Assert.False((await ann.CheckEntitlement("days_agent")).IsActive);
        Assert.Equal(
            SpendingRefusal.NoEntitlement,
            Refused(await ann.UseEntitlement(new("days_agent", Guid.NewGuid(), "club"), CancellationToken.None)));
    }
}
