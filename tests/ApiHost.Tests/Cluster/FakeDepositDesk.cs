using Stk.GrainInterfaces.Deposits;
using Stk.GrainInterfaces.Participants;
using Stk.Rules.Deposits;
using Stk.Rules.Money;

namespace Stk.ApiHost.Tests.Cluster;

public sealed class FakeDepositDesk : IDepositDeskGrain
{
    private static readonly DateTimeOffset At = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    public Task<DepositPage> List(PageRequest request, DepositState? state, CancellationToken cancellation) =>
        Task.FromResult(request.Cursor is "bad"
            ? new DepositPage([], null, IsCursorValid: false)
            : new DepositPage([Deposit(state ?? DepositState.Credited)], "good"));

    public static DepositView Deposit(DepositState state) => new(
        Guid.Empty, Amount.OfStk(5), state, "sender", "memo", state == DepositState.Credited ? "ann" : null, "sig", 7, At);
}
