namespace Stk.Rules.Objections;

/// <summary>What a program may decide by, where an objection is one of a kind. Sent: add at the end.</summary>
public enum ObjectionCode
{
    /// <summary>A rule like any other: field and sentence say all.</summary>
    None = 0,

    /// <summary>The parts of a split do not sum to the whole, which no part can break alone.</summary>
    SplitNotWhole = 1,
}
