namespace Stk.Rules.RuleBooks;

/// <summary>A participant's rank.</summary>
/// <param name="Number">From 1, without a gap.</param>
/// <param name="Name">As participants read it.</param>
/// <param name="Coefficient">Multiplies a week's points.</param>
public sealed record Level(int Number, string Name, Coefficient Coefficient)
{
    /// <summary>Of whoever has registered and no more.</summary>
    public const int First = 1;
}
