using Stk.Ledger.Machine;
using Stk.Rules.Activity;
using Stk.Verification;
using Xunit;
using static Stk.Grains.Tests.Verification.CheckedCopy;

namespace Stk.Grains.Tests.Verification;

/// <summary>What clients were answered, held against what is stored.</summary>
[Collection(SettledWeeksCollection.Name)]
public sealed class ClientLogTests(SettledWeeks server)
{
    [Fact]
    public async Task An_acknowledged_operation_that_is_not_there_is_missed() => Assert.Contains(
        await Findings(await server.Copy(), Log(new(Guid.NewGuid(), null, OperationAnswer.Accepted))),
        finding => finding.Invariant.Name == "I6" && !finding.Holds);

    [Fact]
    public async Task An_acknowledged_operation_of_other_content_is_missed() => Assert.Contains(
        await Findings(await server.Copy(), Log(new(server.Done[0].Id, Digest.Zero, OperationAnswer.Accepted))),
        finding => finding.Invariant.Name == "I6" && !finding.Holds);

    [Fact]
    public async Task A_refused_operation_that_is_there_is_found() => Assert.Contains(
        await Findings(await server.Copy(), Log(new(server.Done[0].Id, null, OperationAnswer.Refused))),
        finding => finding.Invariant.Name == "I7" && !finding.Holds);

    [Theory]
    [InlineData("school", EventOutcome.Counted)]
    [InlineData("school", EventOutcome.Duplicate)]
    [InlineData(SettledWeeks.Source, EventOutcome.OverLimit)]
    public async Task An_event_that_was_answered_otherwise_than_it_is_stored_is_missed(string source, EventOutcome outcome)
    {
        var database = await server.Copy();
        var log = new ClientLog([], [new(source, await Uuid(database), outcome)]);

        Assert.Contains(
            await Findings(database, log), finding => finding.Invariant.Name == "I9" && !finding.Holds);
    }

    [Fact]
    public async Task An_event_that_was_taken_in_twice_is_found()
    {
        var database = await server.Copy();
        var once = new LoggedEvent(SettledWeeks.Source, await Uuid(database), EventOutcome.Counted);

        var findings = await Findings(database, new([], [once, once]));

        Assert.Contains(findings, finding => finding.Invariant.Name == "I9" && !finding.Holds);
    }

    private static ClientLog Log(LoggedOperation operation) => new([operation], []);
}
