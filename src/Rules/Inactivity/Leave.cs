namespace Stk.Rules.Inactivity;

/// <summary>A time in which nobody is expected to be active: illness, parental leave.</summary>
/// <param name="To">Its last day; null: it has no end yet.</param>
public readonly record struct Leave(DateOnly From, DateOnly? To)
{
    public bool Contains(DateOnly day) => From <= day && (To is not { } to || day <= to);
}
