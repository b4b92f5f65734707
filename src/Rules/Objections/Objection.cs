namespace Stk.Rules.Objections;

/// <summary>Why an input is refused. Never holds the value: it goes into answers and logs.</summary>
/// <param name="Field">Path of the member, <c>properties.days</c>; <c>$</c> for the whole.</param>
/// <param name="Rule">The rule that it breaks, as a sentence says it.</param>
/// <param name="Code">For programs: they do not decide by sentences.</param>
public readonly record struct Objection(string Field, string Rule, ObjectionCode Code = ObjectionCode.None)
{
    public override string ToString() => $"{Field}: {Rule}";
}
