namespace Stk.Rules.RuleBooks;

/// <summary>Events that change how others count, and earn nothing.</summary>
public static class ControlEvents
{
    /// <summary>Sets a participant's level: <c>properties.level</c>.</summary>
    public const string QualificationChanged = "QualificationChanged";

    /// <summary>
    /// <c>ClubPostCreatedRetracted</c> takes back the <c>ClubPostCreated</c> in <c>properties.retracts</c>.
    /// </summary>
    public const string RetractedSuffix = "Retracted";

    /// <summary>No weighted type may be called so.</summary>
    public static bool IsReserved(string type) =>
        type == QualificationChanged || type.EndsWith(RetractedSuffix, StringComparison.Ordinal);

    /// <summary>The weighted type that an event of this type takes back, or null where it is no retraction of one.</summary>
    public static string? TypeRetractedBy(string type, RuleBook book) =>
        type.EndsWith(RetractedSuffix, StringComparison.Ordinal)
        && type[..^RetractedSuffix.Length] is var target && book.Weighted(target) is not null
            ? target
            : null;

    public static bool IsControl(string type, RuleBook book) =>
        type == QualificationChanged || TypeRetractedBy(type, book) is not null;
}
