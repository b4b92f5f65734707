using Stk.Rules.Objections;

namespace Stk.Sources.Discourse;

/// <summary>Something that the club has said, or why it cannot be read.</summary>
/// <param name="Value">Null where it cannot.</param>
/// <param name="Broken">Says nothing where there is a value.</param>
public readonly record struct ClubRead<T>(T? Value, Objection Broken)
    where T : class
{
    public static implicit operator ClubRead<T>(T value) => new(value, default);

    public static implicit operator ClubRead<T>(Objection broken) => new(null, broken);
}
