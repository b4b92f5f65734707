namespace Stk.Testing.Economies;

/// <summary>A running economy as an <see cref="EconomyPlan"/> sees it: its actors, or its API.</summary>
public interface IEconomyEnd
{
    /// <summary>Moves the clock, and waits until all that falls due on the way is done.</summary>
    Task Reach(DateTimeOffset instant);

    /// <summary>Sends events of one source. None of them may be rejected.</summary>
    Task Send(IReadOnlyList<PlannedEvent> events);

    /// <summary>An operator's word on a level, which also registers.</summary>
    Task Promote(string participant, int level);

    /// <summary>Puts a service on sale.</summary>
    Task Offer(PlannedService service);
}
