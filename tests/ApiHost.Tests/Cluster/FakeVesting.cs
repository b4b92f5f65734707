using System.Collections.Concurrent;
using System.Text;
using Stk.GrainInterfaces.Participants;
using Stk.GrainInterfaces.Vesting;
using Stk.Rules.Money;
using Stk.Rules.RuleBooks;
using Stk.Rules.Vesting;
using Stk.Rules.Weeks;

namespace Stk.ApiHost.Tests.Cluster;

/// <summary>One grant of each sort: open, decided, not yet to be released.</summary>
public sealed class FakeVesting : IVestingGrain
{
    public const string Open = "0190c2f0-0000-7000-8000-000000000001.7";
    public const string Decided = "0190c2f0-0000-7000-8000-000000000002";
    public const string Frozen = "0190c2f0-0000-7000-8000-000000000003.0";

    public FakeAnswers Answers { get; } = new();

    public ConcurrentQueue<DecideGrantRequest> Asked { get; } = new();

    public GrantState? LastState { get; private set; }

    public static GrantView Grant { get; } = new(
        Open, "ann", WeekId.OfNumber(202551), "ProjectMilestoneCompleted", Fund.Rewards, 60, Amount.OfStk(750),
        new(2026, 2, 20), GrantState.Waiting, "ProjectValidated", new(2026, 3, 22),
        [new(new(7, 0, 0, new byte[8]), null, null)], Amount.Zero, Amount.Zero, null);

    public Task<GrantPage> GetGrants(PageRequest request, GrantState state, CancellationToken cancellation)
    {
        LastState = state;
        return Task.FromResult(request.Cursor is null or "good"
            ? new GrantPage([Grant with { State = state }], "good")
            : new GrantPage([], null, IsCursorValid: false));
    }

    public Task<DecideGrantReply> Decide(DecideGrantRequest request, CancellationToken cancellation)
    {
        Asked.Enqueue(request);
        return Answers.Give<DecideGrantReply>(
            request.Key,
            () => request.Grant switch
            {
                Open => new DecideGrantReply.Done(
                    Grant with { State = GrantState.Released, Released = Grant.Amount, DecidedAt = default(DateTimeOffset) },
                    IsReplay: false),
                Decided => new DecideGrantReply.AlreadyDecided(),
                Frozen when request.Verdict == Verdict.Release => new DecideGrantReply.StillFrozen(new(2026, 2, 20)),
                _ => new DecideGrantReply.Unknown(),
            },
            earlier => earlier is DecideGrantReply.Done done ? done with { IsReplay = true } : earlier,
            () => new DecideGrantReply.KeyReused());
    }

    public Task<VestingExportPage> ReadExport(DateOnly from, DateOnly to, string? cursor, CancellationToken cancellation) =>
        Task.FromResult(cursor is null
            ? new VestingExportPage(Encoding.UTF8.GetBytes($"{from:yyyy-MM-dd}\r\n"), "more")
            : new VestingExportPage(Encoding.UTF8.GetBytes($"{to:yyyy-MM-dd}\r\n"), null));
}
