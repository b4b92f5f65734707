using System.Collections.Immutable;
using Stk.GrainInterfaces.Services;
using Stk.Rules.Activity;
using Stk.Rules.Money;
using Stk.Testing.Economies;
using Xunit;

namespace Stk.Grains.Tests.Economies;

/// <summary>An economy by its actors.</summary>
internal sealed class GrainsEnd(TestEconomy economy) : IEconomyEnd
{
    private const string Source = "club";

    public Task Reach(DateTimeOffset instant) => economy.RunTo(instant);

    public async Task Send(IReadOnlyList<PlannedEvent> events) => Assert.DoesNotContain(
        EventOutcome.Rejected,
        await economy.Outcomes(Source, [
            .. events.Select(sent => new Sent(sent.Participant, new(sent.Uuid, sent.Type, sent.Participant, sent.At))),
        ]));

    public Task Promote(string participant, int level) => economy.Participant(participant).ChangeProfile(
        new(level, IsExcluded: null, "passed the exam", "operator"), CancellationToken.None);

    public async Task Offer(PlannedService service) => Assert.IsType<ServiceReply.Done>(
        await economy.Service(service.Id).Put(
            new(
                Spenders.NewKey(),
                Spenders.Draft(Price(service), new(service.Days, null, null), [.. service.Split]) with
                {
                    Recipients = service.Recipients?.ToImmutableDictionary()
                        ?? ImmutableDictionary<string, string>.Empty,
                },
                null, "operator", IsOperator: true),
            CancellationToken.None));

    private static Amount Price(PlannedService service) =>
        Amount.TryParse(service.Price, out var price) ? price : throw new FormatException(service.Price);
}
