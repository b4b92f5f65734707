using System.Collections.Immutable;
using Stk.Client.Services;
using Stk.Client.Treasury;
using Stk.Rules.Money;
using Stk.Rules.Weeks;

namespace Stk.Cli.Demo;

/// <summary>One thing that the demo does. A closed set. A step names an earlier one by its place, from 0.</summary>
internal abstract record DemoStep
{
    private DemoStep()
    {
    }

    /// <summary>The events of a week, and its run to the end: the clock stands at Monday 08:00 then.</summary>
    /// <param name="Events">A JSON object each, by time.</param>
    public sealed record LiveWeek(WeekId Week, ImmutableArray<string> Events) : DemoStep;

    public sealed record MoveClock(DateTimeOffset To) : DemoStep;

    public sealed record SetLevel(string Participant, int Level, string Reason) : DemoStep;

    public sealed record PutService(string Service, ServiceDraft Draft) : DemoStep;

    public sealed record ProposeService(string Provider, string Service, ServiceDraft Draft) : DemoStep;

    /// <param name="Proposal">A <see cref="ProposeService"/>: what is admitted is what it proposed.</param>
    public sealed record AdmitService(int Proposal, string Reason) : DemoStep;

    public sealed record Send(string From, string To, Amount Amount, string Note) : DemoStep;

    public sealed record Buy(
        string Buyer, string Service, Amount Price, ImmutableSortedDictionary<string, string>? Recipients) : DemoStep;

    /// <param name="Purchase">A <see cref="Buy"/>.</param>
    public sealed record TakeBack(int Purchase, string Reason) : DemoStep;

    public sealed record Spend(FundSpendOrder Order) : DemoStep;

    /// <param name="Spending">A <see cref="DemoStep.Spend"/> above the limit.</param>
    public sealed record Approve(int Spending, string Reason) : DemoStep;
}
