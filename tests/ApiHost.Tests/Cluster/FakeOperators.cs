using System.Collections.Immutable;
using Stk.GrainInterfaces.Approvals;
using Stk.GrainInterfaces.Operators;
using Stk.GrainInterfaces.Spending;

namespace Stk.ApiHost.Tests.Cluster;

/// <summary>A register that enters whoever asks, as a silo in Development does; "gone" has ended.</summary>
public sealed class FakeOperators : IOperatorsGrain
{
    /// <summary>In force as this host knows it, and not as the silo does.</summary>
    public const string GoneInTheSilo = "gone-in-the-silo";

    private readonly Lock _gate = new();
    private ImmutableArray<OperatorEntry> _entries;

    public FakeOperators() => _entries = [Entry(1, "gone", "operator") with { EndedAt = FakeApprovals.At, EndedBy = "oleg" }];

    public FakeAnswers Answers { get; } = new();

    public int EnterCalls { get; private set; }

    public AddOperatorRequest? LastAdd { get; private set; }

    public EndOperatorRequest? LastEnd { get; private set; }

    public void Enter(string subject, string role)
    {
        lock (_gate)
        {
            if (!_entries.Any(entry => entry.Subject == subject && entry.Role == role))
            {
                _entries = _entries.Add(Entry(_entries.Length + 1, subject, role));
            }
        }
    }

    public void End(string subject, string role)
    {
        lock (_gate)
        {
            _entries =
            [
                .. _entries.Select(entry => entry.Subject == subject && entry.Role == role
                    ? entry with { EndedAt = FakeApprovals.At, EndedBy = "oleg" }
                    : entry),
            ];
        }
    }

    public Task<ImmutableArray<OperatorEntry>> GetRegister(CancellationToken cancellation)
    {
        lock (_gate)
        {
            return Task.FromResult(_entries);
        }
    }

    public Task<ImmutableArray<OperatorEntry>> EnterUnknown(string subject, string role, CancellationToken cancellation)
    {
        EnterCalls++;
        Enter(subject, role);
        return GetRegister(cancellation);
    }

    public Task<SpendingReply<ApprovalView>> Add(AddOperatorRequest request, CancellationToken cancellation)
    {
        LastAdd = request;
        return Answers.Give<SpendingReply<ApprovalView>>(
            request.Key, () => FakeApprovals.Done(request.Key.Id, "operators.add", request.By, request.Reason), FakeApprovals.Replay,
            () => new SpendingReply<ApprovalView>.KeyReused());
    }

    public Task<SpendingReply<ApprovalView>> End(EndOperatorRequest request, CancellationToken cancellation)
    {
        LastEnd = request;
        return Answers.Give<SpendingReply<ApprovalView>>(
            request.Key, () => FakeApprovals.Done(request.Key.Id, "operators.end", request.By, request.Reason), FakeApprovals.Replay,
            () => new SpendingReply<ApprovalView>.KeyReused());
    }

    public Task<SpendingReply<OperatorEntry>> Confirm(ConfirmOperatorRequest request, CancellationToken cancellation) =>
        Answers.Give<SpendingReply<OperatorEntry>>(
            request.Key, () => new SpendingReply<OperatorEntry>.Done(Entry(9, request.Subject, "operator"), IsReplay: false),
            reply => ((SpendingReply<OperatorEntry>.Done)reply) with { IsReplay = true },
            () => new SpendingReply<OperatorEntry>.KeyReused());

    private static OperatorEntry Entry(long number, string subject, string role) => new(
        number, "stk", subject, role, subject, null, DateTimeOffset.UnixEpoch, null, FakeApprovals.At, subject, null, null);
}
