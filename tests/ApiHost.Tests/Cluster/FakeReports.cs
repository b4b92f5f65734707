using Stk.GrainInterfaces.Audit;
using Stk.GrainInterfaces.Participants;
using Stk.GrainInterfaces.Statistics;
using Stk.Rules.Money;

namespace Stk.ApiHost.Tests.Cluster;

public sealed class FakeAudit : IAuditGrain
{
    public Task<AuditPage> GetEntries(PageRequest request, CancellationToken cancellation) => Task.FromResult(
        request.Cursor is null or "good"
            ? new AuditPage(
                [
                    new(
                        2, DateTimeOffset.UnixEpoch, "olga", "service.admit", "mentor_session", """{"state":"proposed"}""",
                        """{"state":"admitted"}""", "agreed", "ab"),
                    new(1, DateTimeOffset.UnixEpoch, "olga", "source.change", "club", null, "{}", null, "cd"),
                ],
                "good")
            : new AuditPage([], null, IsCursorValid: false));
}

public sealed class FakeDistribution : IDistributionGrain
{
    public Task<DistributionReply> GetReport(CancellationToken cancellation) => Task.FromResult(new DistributionReply(
        DateTimeOffset.UnixEpoch, [new("rewards", new(5))], 3,
        [new(Amount.Zero, Amount.OfStk(10), 2, 1_000), new(Amount.OfStk(10), null, 1, 9_000)], [new("k3q7", 9_000)], 215));
}
