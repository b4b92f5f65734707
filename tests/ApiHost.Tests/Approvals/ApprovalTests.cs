using System.Net;
using Stk.ApiHost.Tests.Hosting;
using Stk.Rules.Approvals;
using Stk.Rules.Spending;

namespace Stk.ApiHost.Tests.Approvals;

/// <summary>What takes two persons: how it is shown while it waits, and how it is decided.</summary>
public sealed class ApprovalTests
{
    private const string Root = ApiHostUnderTest.Root;
    private const string Id = "0190c2f0-0000-7000-8000-000000000001";

    [Theory]
    [InlineData("POST", "/admin/weeks/2025-W52/close", """{"reason":"source is down"}""", "week.close", "source is down")]
    [InlineData("POST", "/admin/rules/1/withdraw", """{"reason":"the wrong week"}""", "rules.withdraw", "the wrong week")]
    [InlineData("POST", "/admin/schedule/resume", """{"reason":"clock is right"}""", "schedule.resume", "clock is right")]
    [InlineData("POST", "/admin/operators/end", """{"subject":"oleg","role":"operator","reason":"has left"}""", "operators.end", "has left")]
    public async Task Whatever_takes_two_persons_answers_202_with_what_waits_and_where(
        string method, string path, string body, string kind, string reason)
    {
        await using var host = await ApiHostUnderTest.Start();
        host.Cluster.Schedule.IsPaused = true;

        var answer = await host.Write(
            method, path, host.Keys.Token("operator", "olga"), body, ("Idempotency-Key", "a"));

        Assert.Equal(HttpStatusCode.Accepted, answer.Status);
        var id = answer.Json.GetProperty("id").GetGuid();
        Assert.Equal($"{Root}/admin/approvals/{id}", answer.Headers["Location"]);
        Assert.Equal(
            (kind, "waiting", "olga", reason),
            (Text("kind"), Text("state"), Text("askedBy"), Text("reason")));

        string? Text(string member) => answer.Json.GetProperty(member).GetString();
    }

    [Fact]
    public async Task An_operator_is_asked_for_with_all_that_the_register_keeps()
    {
        await using var host = await ApiHostUnderTest.Start();

        await host.Write(
            "POST", "/admin/operators", host.Keys.Token("operator", "olga"),
            """{"subject":"oleg","issuer":"https://idp.example","role":"auditor","person":"Oleg Ivanov","participant":"oleg-i","since":"2026-01-01T00:00:00Z","until":"2027-01-01T00:00:00Z","reason":"on duty"}""");
        var backwards = await host.Write(
            "POST", "/admin/operators", host.Keys.Token("operator", "olga"),
            """{"subject":"oleg","role":"operator","person":"Oleg","since":"2027-01-01T00:00:00Z","until":"2026-01-01T00:00:00Z","reason":"on duty"}""");
        var nobody = await host.Write(
            "POST", "/admin/operators", host.Keys.Token("operator", "olga"),
            """{"subject":"oleg","role":"ingest","person":"Oleg","reason":"on duty"}""");

        var asked = host.Cluster.Operators.LastAdd!;
        Assert.Equal(
            ("oleg", "https://idp.example", "auditor", "Oleg Ivanov", "oleg-i", "on duty", "olga"),
            (asked.Subject, asked.Issuer, asked.Role, asked.Person, asked.Participant, asked.Reason, asked.By));
        Assert.Equal(TimeSpan.FromDays(365), asked.Until - asked.Since);
        Assert.Equal(["until"], backwards.Problem(400, "invalid-request"));
        Assert.Equal(["role"], nobody.Problem(400, "invalid-request"));
    }

    [Fact]
    public async Task Another_person_decides_and_is_named()
    {
        await using var host = await ApiHostUnderTest.Start();

        (await Decide(host, "olga", "approve")).Problem(403, "needs-second-approval");
        (await Decide(host, "olga", "reject")).Problem(403, "needs-second-approval");
        var approved = await Decide(host, "oleg", "approve");
        var rejected = await Decide(host, "oleg", "reject");

        Assert.Equal(["approved", "rejected"], new[] { approved, rejected }.Select(
            answer => answer.Json.GetProperty("state").GetString()));
        Assert.Equal(
            ("oleg", "looked at it"),
            (approved.Json.GetProperty("decidedBy").GetString(), approved.Json.GetProperty("decidedReason").GetString()));
    }

    [Theory]
    [InlineData(SpendingRefusal.AlreadyDecided, 409, "already-decided")]
    [InlineData(SpendingRefusal.ApprovalExpired, 409, "already-decided")]
    [InlineData(SpendingRefusal.ActOutdated, 412, "act-outdated")]
    [InlineData(SpendingRefusal.ActNotPossible, 409, "act-not-possible")]
    [InlineData(SpendingRefusal.UnknownApproval, 404, "unknown-approval")]
    [InlineData(SpendingRefusal.OperatorUnknown, 403, "operator-unknown")]
    public async Task Why_nothing_was_done_has_its_problem(SpendingRefusal reason, int status, string slug)
    {
        await using var host = await ApiHostUnderTest.Start();
        host.Cluster.Approvals.RefusesWith = reason;

        (await Decide(host, "oleg", "approve")).Problem(status, slug);
    }

    [Fact]
    public async Task An_economy_with_one_operator_is_told_so_in_a_sentence()
    {
        await using var host = await ApiHostUnderTest.Start();

        var alone = await Decide(host, "olga", "approve");

        alone.Problem(403, "needs-second-approval");
        Assert.Contains("one operator alone", alone.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_and_the_list_of_a_state_can_be_read()
    {
        await using var host = await ApiHostUnderTest.Start();
        var token = host.Keys.Token("auditor");

        var one = await host.Get($"{Root}/admin/approvals/{Id}", token);
        var list = await host.Get($"{Root}/admin/approvals?state=waiting", token);

        Assert.Equal(one.Json.GetProperty("kind").GetString(), list.Json.GetProperty("items")[0].GetProperty("kind").GetString());
        Assert.Equal(ApprovalState.Waiting, host.Cluster.Approvals.LastState);
        (await host.Get($"{Root}/admin/approvals/0190c2f0-0000-7000-8000-000000000000", token)).Problem(404, "unknown-approval");
        (await host.Get($"{Root}/admin/approvals/none", token)).Problem(400, "invalid-request");
        (await host.Get($"{Root}/admin/approvals?state=open", token)).Problem(400, "invalid-request");
        (await host.Get($"{Root}/admin/approvals?cursor=x", token)).Problem(400, "invalid-cursor");
    }

    private static Task<Answer> Decide(ApiHostUnderTest host, string by, string verb) => host.Write(
        "POST", $"/admin/approvals/{Id}/{verb}", host.Keys.Token("operator", by), """{"reason":"looked at it"}""",
        ("Idempotency-Key", Guid.NewGuid().ToString()));
}
