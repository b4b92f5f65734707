using System.Collections.Concurrent;
using Stk.GrainInterfaces.Approvals;
using Stk.GrainInterfaces.ChainActs;
using Stk.GrainInterfaces.Participants;
using Stk.GrainInterfaces.Spending;
using Stk.Rules.Money;
using Stk.Rules.Spending;

namespace Stk.ApiHost.Tests.Cluster;

/// <summary>One act of each id but <see cref="Nobody"/>: what olga asked for she cannot approve.</summary>
public sealed class FakeChainActs : IChainActsGrain
{
    private static readonly DateTimeOffset At = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    /// <summary>An id that no act has.</summary>
    public static Guid Nobody { get; } = new("00000000-0000-4000-8000-0000000000ff");

    /// <summary>Why nothing is asked for; null where it is.</summary>
    public SpendingRefusal? Refusal { get; set; }

    /// <summary>What signed bytes come to.</summary>
    public SignedActReply? ComesTo { get; set; }

    public ConcurrentQueue<object> Asked { get; } = new();

    public FakeAnswers Answers { get; } = new();

    public Task<SpendingReply<ChainActView>> Ask(AskChainActRequest request, CancellationToken cancellation)
    {
        Asked.Enqueue(request);
        return Give(request.Key, () => Refusal is { } refusal
            ? new SpendingReply<ChainActView>.Refused(refusal, IsReplay: false)
            : new SpendingReply<ChainActView>.Done(
                View(request.Key.Id, "asked") with { Kind = request.Kind, Amount = request.Amount, Text = request.Text },
                IsReplay: false));
    }

    public Task<ChainActPage> List(PageRequest request, CancellationToken cancellation) => Task.FromResult(
        request.Cursor is "bad"
            ? new ChainActPage([], null, IsCursorValid: false)
            : new ChainActPage([View(Guid.Empty, "finalized") with { Signature = "5awY", Slot = 9 }], "good"));

    public Task<ChainActView?> Get(Guid id, CancellationToken cancellation) => Task.FromResult(
        id == Nobody ? null : View(id, "approved") with
        {
            ToSign = new("key", "mint", "authority", "vault", "float", "nonces", "hash", [1, 2], null),
        });

    public Task<SpendingReply<ChainActView>> Decide(DecideApprovalRequest request, CancellationToken cancellation)
    {
        Asked.Enqueue(request);
        return Give(request.Key, () => request.Approval == Nobody
            ? new SpendingReply<ChainActView>.Refused(SpendingRefusal.UnknownApproval, IsReplay: false)
            : request.By == "olga"
                ? new SpendingReply<ChainActView>.Refused(SpendingRefusal.NeedsSecondApproval, IsReplay: false)
                : new SpendingReply<ChainActView>.Done(
                    View(request.Approval, request.IsApproved ? "approved" : "rejected"), IsReplay: false));
    }

    public Task<SignedActReply> PutSigned(SignedActRequest request, CancellationToken cancellation)
    {
        Asked.Enqueue(request);
        return Answers.Give<SignedActReply>(
            request.Key,
            () => ComesTo ?? new SignedActReply.Done(View(request.Act, "signed"), IsReplay: false),
            first => first is SignedActReply.Done done ? done with { IsReplay = true } : first,
            () => new SignedActReply.KeyReused());
    }

    public Task WantRefill(Amount lacking) => Task.CompletedTask;

    private static ChainActView View(Guid id, string state) => new(
        id, "refill", Amount.OfStk(300), null, state, null, "olga", At, "it is low", At.AddDays(14), null, null, null, null);

    private Task<SpendingReply<ChainActView>> Give(
        GrainInterfaces.Requests.RequestKey key, Func<SpendingReply<ChainActView>> first) => Answers.Give(
        key, first,
        earlier => earlier switch
        {
            SpendingReply<ChainActView>.Done done => done with { IsReplay = true },
            SpendingReply<ChainActView>.Refused refused => refused with { IsReplay = true },
            _ => earlier,
        },
        () => new SpendingReply<ChainActView>.KeyReused());
}
