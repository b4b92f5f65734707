namespace Stk.Rules.Objections;

/// <summary>Why an input is refused. Never holds the value: it goes into answers and logs.</summary>
/// <param name="Field">Path of the member, <c>properties.days</c>; <c>$</c> for the whole.</param>
/// <param name="Rule">The rule that it breaks, as a sentence says it.</param>
public readonly record struct Objection(string Field, string Rule)
{
    public override string ToString() => $"{Field}: {Rule}";
}
