namespace Stk.Rules.RuleBooks;

/// <summary>Where a rule comes from. Stored by name.</summary>
public enum RuleOrigin
{
    /// <summary>The source document's table.</summary>
    Source = 1,

    /// <summary>The source lists the type and gives no weight: the number is ours.</summary>
    Ours = 2,
}

/// <summary>What one type of event is worth.</summary>
/// <param name="Type">Compared exactly.</param>
/// <param name="Weight">Points of one counted event.</param>
/// <param name="DayLimit">Events that count per participant and UTC day.</param>
/// <param name="VestsDays">Days that its reward stays frozen, 0 for none, where the event does not say.</param>
/// <param name="VestsDaysMax">
/// The most that the event's <c>properties.days</c> may say; <paramref name="VestsDays"/> is the least. Where the two are
/// equal the event has no say.
/// </param>
public sealed record ActivityRule(
    string Type, int Weight, int DayLimit, int VestsDays, int VestsDaysMax, RuleOrigin Origin)
{
    public bool DaysMayVary => VestsDaysMax > VestsDays;
}
