using System.Collections.Immutable;
using System.Text;
using Stk.GrainInterfaces.Approvals;
using Stk.GrainInterfaces.RuleBooks;
using Stk.GrainInterfaces.Spending;
using Stk.Rules.Objections;
using Stk.Rules.RuleBooks;
using Stk.Rules.Weeks;

namespace Stk.ApiHost.Tests.Cluster;

/// <summary>
/// Takes any version from 2026 on, unless its document says what is wrong with it. One of its silos does not know bounds.
/// </summary>
public sealed class FakeRuleBook : IRuleBookGrain
{
    private static readonly RuleBookVersion First = new(
        1, WeekId.OfNumber(200001), RuleBookJson.Write(RuleBook.FromTheSource), DateTimeOffset.UnixEpoch, "stk");

    public FakeAnswers Answers { get; } = new();

    public Task<ImmutableArray<RuleBookVersion>> GetVersions() => Task.FromResult<ImmutableArray<RuleBookVersion>>([First]);

    public ValueTask<WeekId> GetWeekNow() => ValueTask.FromResult(WeekId.OfNumber(202551));

    public Task<ProposeReply> Propose(ProposeRequest request, CancellationToken cancellation)
    {
        var document = Encoding.UTF8.GetString(request.Document);
        return Answers.GiveIfKeyed<ProposeReply>(
            request.Key,
            () => request.EffectiveFrom < WeekId.OfNumber(202601) ? new ProposeReply.NotNow("the week has begun")
                : document.Contains("bounds", StringComparison.Ordinal)
                    ? new ProposeReply.NotNow("the section bounds is not known to 10.0.0.12:11111", NotNowReason.ClusterMixed)
                : document.Contains("9999", StringComparison.Ordinal)
                    ? new ProposeReply.Invalid([new("emission", "in other words", ObjectionCode.SplitNotWhole)])
                : document == "{}" ? new ProposeReply.Invalid([new("activities", "must be a list")])
                : new ProposeReply.Waiting(FakeApprovals.Waiting(
                    request.Key?.Id ?? Guid.NewGuid(), "rules.announce", request.By, request.Reason ?? "not given")),
            first => first is ProposeReply.Waiting waiting ? waiting with { IsReplay = true } : first,
            () => new ProposeReply.KeyReused());
    }

    public Task<SpendingReply<ApprovalView>> Withdraw(WithdrawRequest request, CancellationToken cancellation) =>
        Answers.Give<SpendingReply<ApprovalView>>(
        request.Key, () => FakeApprovals.Done(request.Key.Id, "rules.withdraw", request.By, request.Reason),
        FakeApprovals.Replay, () => new SpendingReply<ApprovalView>.KeyReused());
}
