using System.Text;
using System.Text.Json.Nodes;
using Stk.GrainInterfaces.Approvals;
using Stk.GrainInterfaces.Operators;
using Stk.GrainInterfaces.RuleBooks;
using Stk.GrainInterfaces.Spending;
using Stk.GrainInterfaces.Weeks;
using Stk.Rules.Weeks;
using Xunit;
using static Stk.Grains.Tests.Economies.Spenders;

namespace Stk.Grains.Tests.Economies;

/// <summary>Asked by one, approved by another: what takes two persons, done.</summary>
internal static class TwoPersons
{
    public const string First = "operator";
    public const string Second = "second";

    public static IApprovalsGrain Approvals(this TestEconomy economy) => economy.Grains.GetGrain<IApprovalsGrain>(0);

    public static IOperatorsGrain Operators(this TestEconomy economy) => economy.Grains.GetGrain<IOperatorsGrain>(0);

    public static Task<SpendingReply<ApprovalView>> Decide(
        this TestEconomy economy, Guid approval, string by = Second, bool isApproved = true) =>
        economy.Approvals().Decide(new(NewKey(), approval, isApproved, "looked at", by), CancellationToken.None);

    /// <summary>Approves what waits, as the second person.</summary>
    public static async Task<ApprovalView> Approve(this TestEconomy economy, ApprovalView waiting, string by = Second) =>
        Done(await economy.Decide(waiting.Id, by));

    /// <summary>A version of the rule book, proposed by one and approved by another.</summary>
    public static async Task<RuleBookVersion> Announce(this TestEconomy economy, WeekId from, byte[] document)
    {
        var reply = await economy.RuleBook.Propose(new(from, Unnumbered(document), First), CancellationToken.None);
        await economy.Approve(Assert.IsType<ProposeReply.Waiting>(reply).Approval);
        return (await economy.RuleBook.GetVersions())[^1];
    }

    /// <summary>A rule book without its number, which is given when it is approved.</summary>
    public static byte[] Unnumbered(byte[] document)
    {
        var unnumbered = JsonNode.Parse(document)!.AsObject(); // not null: it is a rule book
        unnumbered.Remove("version");
        return Encoding.UTF8.GetBytes(unnumbered.ToJsonString());
    }

    /// <summary>Enters somebody as an operator, and ends the entry by two: they act no more.</summary>
    public static async Task EndOperator(this TestEconomy economy, string subject)
    {
        await economy.Operators().EnterUnknown(subject, "operator", CancellationToken.None);
        await economy.Approve(Done(await economy.Operators().End(
            new(NewKey(), subject, null, "operator", "has left", First), CancellationToken.None)));
    }

    /// <summary>A week that goes on although something is missing.</summary>
    public static async Task Override(this TestEconomy economy, WeekId week, string reason) => await economy.Approve(
        Assert.IsType<CloseReply.Waiting>(await economy.Week(week).Close(new(First, reason))).Approval);
}
