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
        Retracted(type) is { } target && book.Weighted(target) is not null ? target : null;

    /// <summary>
    /// What an event of this type says of the one in its <c>properties.for</c>, or null where it is no evidence.
    /// </summary>
    public static EvidenceKind? EvidenceOf(string type) =>
        EvidenceKinds.OfWireName(type) is { } kind and not EvidenceKind.Referred ? kind : null;

    /// <summary>The same under a rule book: one of before evidence had its names may give such a type a weight.</summary>
    public static EvidenceKind? EvidenceOf(string type, RuleBook book) =>
        EvidenceOf(type) is { } kind && book.Weighted(type) is null ? kind : null;

    /// <summary>The evidence that an event of this type takes back, or null where it takes back none.</summary>
    public static EvidenceKind? EvidenceRetractedBy(string type, RuleBook book) =>
        Retracted(type) is { } target ? EvidenceOf(target, book) : null;

    public static bool IsControl(string type, RuleBook book) =>
        type == QualificationChanged || TypeRetractedBy(type, book) is not null || EvidenceOf(type, book) is not null
        || EvidenceRetractedBy(type, book) is not null;

    private static string? Retracted(string type) => type.EndsWith(RetractedSuffix, StringComparison.Ordinal)
        ? type[..^RetractedSuffix.Length]
        : null;
}
