namespace Stk.Sources.Discourse;

/// <summary>How much a sight of the club is to be believed.</summary>
public enum Authority
{
    /// <summary>A webhook said it: it may be old, and may be somebody's who knows the secret.</summary>
    Hint = 0,

    /// <summary>The club was asked and said it.</summary>
    Told = 1,
}
