using System.Text.Json.Nodes;
using Stk.Rules.Money;

namespace Stk.EndToEnd.Spending;

/// <summary>
/// What once moved money, or would have, over HTTP with tokens that are good: each attack as it was made, and how it fails.
/// </summary>
[Collection(SpendingCollection.Name)]
public sealed class AttackTests(SpendingEconomy spending)
{
    private Economy Economy => spending.Economy;

    [Fact]
    public async Task Thirty_spendings_under_the_limit_to_oneself_are_none_and_to_another_are_one()
    {
        var thief = await Economy.Client("operator", "reader-6");
        var before = await spending.Available("reader-5");

        var own = await Thirty(thief, "reader-6");
        var others = await Thirty(thief, "reader-5");

        Assert.All(own, answer => answer.Problem(HttpStatusCode.Forbidden, "own-affair"));
        Assert.Equal(1, others.Count(answer => answer.Status == HttpStatusCode.Created));
        Assert.Equal(29, others.Count(answer => answer.Status == HttpStatusCode.Accepted));
        Assert.Equal(before + Amount.OfStk(10_000), await spending.Available("reader-5"));
        foreach (var waiting in others.Where(answer => answer.Status == HttpStatusCode.Accepted))
        {
            await Decide(thief, waiting, "approve", "needs-second-approval");
        }
    }

    [Fact]
    public async Task The_second_operator_is_not_switched_off_and_no_rule_book_is_one_operators()
    {
        var olga = await Economy.Client("operator", "olga");
        var oleg = await Economy.Client("operator", "oleg");
        var versions = await Versions(olga);

        var off = await Announce(olga, "2026-W05", document => document["spending"] = new JsonObject
        {
            ["approvalAbove"] = "9000000000",
        });
        var greedy = await Announce(olga, "2026-W05", document => document["levels"] = new JsonArray(
            document["levels"]!.AsArray()[0]!.DeepClone()));

        Assert.Equal(["document.spending.approvalAbove"], off.Problem(HttpStatusCode.BadRequest, "invalid-request"));
        Assert.Equal(HttpStatusCode.Accepted, greedy.Status);
        await Decide(olga, greedy, "approve", "needs-second-approval");
        Assert.Equal(versions, await Versions(olga));
        await Decide(oleg, greedy, "reject");
        Assert.Equal(versions, await Versions(olga));
    }

    [Fact]
    public async Task A_rule_book_of_a_far_year_is_refused_and_blocks_none()
    {
        var olga = await Economy.Client("operator", "olga");
        var oleg = await Economy.Client("operator", "oleg");

        var far = await Announce(olga, "9998-W01", _ => { });
        var near = await Announce(olga, "2026-W06", _ => { });

        far.Problem(HttpStatusCode.Conflict, "week-sealed");
        Assert.Contains("at most a year ahead", far.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Accepted, near.Status);
        await Decide(oleg, near, "reject");
    }

    [Fact]
    public async Task Another_is_another_person_and_neither_the_asker_by_another_name_nor_whoever_gains()
    {
        var olga = await Economy.Client("operator", "olga");
        var oleg = await Economy.Client("operator", "oleg");
        var entered = await olga.Write(
            HttpMethod.Post, "admin/operators",
            new { subject = "OLGA", role = "operator", person = "olga", reason = "her other account" });
        await Decide(oleg, entered, "approve");
        var waiting = await Spend(olga, "reader-4", "15000");

        await Decide(await Economy.Client("operator", "OLGA"), waiting, "approve", "needs-second-approval");
        await Decide(await Economy.Client("operator", "reader-4"), waiting, "approve", "needs-second-approval");
        await Decide(oleg, waiting, "reject");

        // What is one's own: a level, a purchase that was used.
        var clerk = await Economy.Client("operator", "clerk");
        (await clerk.Write(HttpMethod.Put, "admin/participants?id=clerk", new { level = 8, reason = "me" }))
            .Problem(HttpStatusCode.Forbidden, "own-affair");
        var buyer = await Economy.Participant("clerk");
        var bought = await buyer.Write(HttpMethod.Post, "services/course_basic/purchase", new { });
        (await clerk.Write(
                HttpMethod.Post, $"admin/purchases/{bought.Json.GetProperty("id").GetString()}/refund",
                new { reason = "changed my mind" }))
            .Problem(HttpStatusCode.Forbidden, "own-affair");
    }

    [Fact]
    public async Task What_was_read_at_100_is_not_admitted_at_700()
    {
        var olga = await Economy.Client("operator", "olga");
        var provider = await Economy.Participant("reader-3");
        var read = await Propose(provider, "100");
        await Propose(provider, "700");

        var blind = await olga.Write(HttpMethod.Post, "admin/services/attack_moved/admit", new { reason = "cheap" });
        var stale = await olga.Write(
            HttpMethod.Post, "admin/services/attack_moved/admit", new { reason = "cheap" },
            ("If-Match", read.Headers["ETag"]));

        blind.Problem(HttpStatusCode.PreconditionRequired, "precondition-required");
        stale.Problem(HttpStatusCode.PreconditionFailed, "service-changed");
        (await (await Economy.Participant("buyer")).Write(HttpMethod.Post, "services/attack_moved/purchase", new { }))
            .Problem(HttpStatusCode.NotFound, "unknown-service");

        static Task<Answer> Propose(ApiClient provider, string price) => provider.Write(
            HttpMethod.Put, "services/attack_moved",
            new
            {
                name = "An hour",
                price,
                split = new[] { new { role = "treasury", shareBp = 10_000 } },
                term = new { months = 1 },
            });
    }

    private static async Task<Answer[]> Thirty(ApiClient by, string to) =>
        await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => Spend(by, to, "10000")));

    private static Task<Answer> Spend(ApiClient by, string to, string amount) => by.Write(
        HttpMethod.Post, "admin/treasury/spend", new { fund = "startup", to, amount, kind = "grant", reason = "x" });

    private static async Task Decide(ApiClient by, Answer waiting, string verb, string? refused = null)
    {
        Assert.Equal(HttpStatusCode.Accepted, waiting.Status);
        var answer = await by.Write(
            HttpMethod.Post, $"admin/approvals/{waiting.Json.GetProperty("id").GetString()}/{verb}",
            new { reason = "looked at" });
        if (refused is null)
        {
            Assert.Equal(HttpStatusCode.OK, answer.Status);
        }
        else
        {
            answer.Problem(HttpStatusCode.Forbidden, refused);
        }
    }

    private static async Task<int> Versions(ApiClient operators) =>
        (await operators.Get("admin/rules")).Json.GetProperty("versions").GetArrayLength();

    private static async Task<Answer> Announce(ApiClient by, string from, Action<JsonObject> change)
    {
        var books = (await by.Get("admin/rules")).Json.GetProperty("versions");
        var document = JsonNode.Parse(books[books.GetArrayLength() - 1].GetProperty("document").GetRawText())!.AsObject();
        document.Remove("version");
        change(document);
        return await by.Write(
            HttpMethod.Post, "admin/rules", new { effectiveFrom = from, document, reason = "for a test" });
    }
}
