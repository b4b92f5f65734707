using System.Text.Json;
using Stk.Cli.Demo;
using Stk.Client.Connections;
using Stk.Rules.Activity;
using Stk.Rules.Money;
using Stk.Rules.RuleBooks;
using Stk.Rules.Services;
using Stk.Rules.Spending;
using Stk.Rules.Weeks;
using Xunit;

namespace Stk.Cli.Tests.Demo;

public sealed class DemoPlanTests
{
    private static readonly Community Community = DemoFile.Read();

    private readonly DemoPlan _plan = DemoPlan.Of(Community);

    [Fact]
    public void The_same_community_does_the_same_with_the_same_keys()
    {
        var again = DemoPlan.Of(DemoFile.Read());
        Assert.Equal(_plan.Steps.Select(Text), again.Steps.Select(Text));
        Assert.Equal(_plan.KeyOf(7), again.KeyOf(7));
    }

    [Fact]
    public void A_demo_with_another_seed_has_other_steps_and_other_keys()
    {
        var other = DemoPlan.Of(Community with { Seed = 1 });
        Assert.NotEqual(_plan.Steps.Select(Text), other.Steps.Select(Text));
        Assert.NotEqual(_plan.KeyOf(7), other.KeyOf(7));
    }

    [Fact]
    public void No_two_steps_have_one_key() =>
        Assert.Equal(_plan.Steps.Length, Enumerable.Range(0, _plan.Steps.Length).Select(_plan.KeyOf).Distinct().Count());

    [Fact]
    public void The_demo_has_the_promised_number_of_people_weeks_and_steps()
    {
        Assert.Equal(40, Community.People.DistinctBy(person => person.Id).Count());
        Assert.Equal(12, Steps<DemoStep.LiveWeek>().Count());
        Assert.InRange(Steps<DemoStep.Send>().Count(), 90, 120);
        Assert.InRange(Steps<DemoStep.Buy>().Count(), 30, 60);
        Assert.Single(Steps<DemoStep.TakeBack>());
        Assert.Equal(3, Steps<DemoStep.PutService>().Count());
        Assert.True(Steps<DemoStep.Send>().SelectMany(send => new[] { send.From, send.To }).Distinct().Count() >= 30);
        Assert.True(Steps<DemoStep.Buy>().Select(buy => buy.Buyer).Distinct().Count() >= 15);
        Assert.Equal(Community.Services.Length, Steps<DemoStep.Buy>().Select(buy => buy.Service).Distinct().Count());
        Assert.Equal(
            [false, true],
            Steps<DemoStep.Spend>().Select(spend => spend.Order.Amount > SpendingRules.Default.ApprovalAbove));
        Assert.Single(Steps<DemoStep.Approve>());
    }

    [Fact]
    public void Every_event_is_one_that_the_API_counts_in_its_own_week()
    {
        var uuids = new HashSet<string>();
        foreach (var week in Steps<DemoStep.LiveWeek>())
        {
            Assert.InRange(week.Events.Length, 200, 1_000);
            foreach (var line in week.Events)
            {
                using var document = JsonDocument.Parse(line);
                var reading = Assert.IsType<EventReading.Wellformed>(EventShape.Read(document.RootElement));
                Assert.Null(EventShape.Check(reading.Event, RuleBook.FromTheSource));
                Assert.Equal(week.Week, WeekId.Of(reading.Event.At));
                Assert.True(uuids.Add(document.RootElement.GetProperty("uuid").GetString()!));
            }
        }
    }

    [Fact]
    public void Everybody_is_known_from_the_first_week_on_because_a_stranger_can_be_sent_nothing() =>
        Assert.Equal(
            Community.People.Select(person => person.Id).Order(StringComparer.Ordinal),
            Steps<DemoStep.LiveWeek>().First().Events
                .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("distinct_id").GetString()!)
                .Distinct().Order(StringComparer.Ordinal));

    // The rewards themselves are the silo's business: here they are the least that they can be.
    [Fact]
    public void Nobody_spends_what_it_does_not_surely_have()
    {
        var have = Community.People.ToDictionary(person => person.Id, _ => 0L);
        for (var place = 0; place < _plan.Steps.Length; place++)
        {
            switch (_plan.Steps[place])
            {
                case DemoStep.LiveWeek week:
                    foreach (var (person, points) in Points(week))
                    {
                        have[person] += points * Amount.MicroPerStk;
                    }

                    break;
                case DemoStep.Send send:
                    Assert.NotEqual(send.From, send.To);
                    have[send.From] -= send.Amount.Micro;
                    have[send.To] += send.Amount.Micro;
                    Assert.InRange(have[send.From], 0, long.MaxValue);
                    break;
                case DemoStep.Buy buy when _plan.Steps[place + 1] is not DemoStep.TakeBack:
                    have[buy.Buyer] -= buy.Price.Micro;
                    Assert.InRange(have[buy.Buyer], 0, long.MaxValue);
                    break;
                default:
                    break;
            }
        }
    }

    [Fact]
    public void Every_service_keeps_the_rules_and_every_role_has_somebody_who_is_not_the_buyer()
    {
        foreach (var offer in Community.Services)
        {
            var draft = Steps<DemoStep.PutService>().Where(put => put.Service == offer.Id).Select(put => put.Draft)
                .Concat(Steps<DemoStep.ProposeService>().Where(put => put.Service == offer.Id).Select(put => put.Draft))
                    .Single();
            Assert.Empty(ServiceRules.Check(
                draft.Name, "", draft.Price, [.. draft.Split.Select(share => (share.Role, share.ShareBp))],
                (draft.Term?.Days, draft.Term?.Months, draft.Term?.Sessions), draft.Recipients!));
            foreach (var buy in Steps<DemoStep.Buy>().Where(buy => buy.Service == offer.Id))
            {
                var open = offer.Split.Keys.Where(
                    role => role != ServiceRules.TreasuryRole && !draft.Recipients!.ContainsKey(role));
                Assert.Equal(open, buy.Recipients?.Keys ?? []);
                Assert.DoesNotContain(buy.Buyer, (buy.Recipients?.Values ?? []).Concat(draft.Recipients!.Values));
            }
        }
    }

    [Fact]
    public void The_refund_and_the_approval_name_what_they_follow()
    {
        Assert.IsType<DemoStep.Buy>(_plan.Steps[Steps<DemoStep.TakeBack>().Single().Purchase]);
        Assert.IsType<DemoStep.Spend>(_plan.Steps[Steps<DemoStep.Approve>().Single().Spending]);
    }

    private static Dictionary<string, long> Points(DemoStep.LiveWeek week) => week.Events
        .Select(line => JsonDocument.Parse(line).RootElement)
        .Where(one => RuleBook.FromTheSource.Weighted(one.GetProperty("event").GetString()!) is { VestsDays: 0 })
        .GroupBy(one => one.GetProperty("distinct_id").GetString()!)
        .ToDictionary(person => person.Key, person => DayLimits.Points(
            person.CountBy(one => new ActivityDay(
                DateOnly.FromDateTime(one.GetProperty("timestamp").GetDateTime()), one.GetProperty("event").GetString()!)),
            RuleBook.FromTheSource));

    private static string Text(DemoStep step) => JsonSerializer.Serialize(step, step.GetType(), TokenomicsJson.Options);

    private IEnumerable<T> Steps<T>()
        where T : DemoStep => _plan.Steps.OfType<T>();
}
