using System.Collections.Immutable;

namespace Stk.Sources.Aisystant;

/// <summary>A participant as the platform knows it.</summary>
/// <param name="Id">The platform's own.</param>
/// <param name="Level">1 to 8.</param>
/// <param name="LevelSince">When it was reached.</param>
/// <param name="IsPaid">Whether the access is paid for at this moment.</param>
/// <param name="PaidUntil">The last day of it; null where it has none.</param>
/// <param name="Identities">Ids in other systems.</param>
/// <param name="UpdatedAt">When any of it changed last.</param>
public sealed record PlatformProfile(
    string Id, int Level, DateTimeOffset LevelSince, bool IsPaid, DateOnly? PaidUntil,
    ImmutableArray<PlatformIdentity> Identities, DateTimeOffset UpdatedAt)
{
    /// <summary>The name that is shown; null where the platform says none.</summary>
    public string? Name { get; init; }

    /// <summary>The platform's own count, which is shown and pays nothing.</summary>
    public int? WeeksInRow { get; init; }

    public PlatformKind Kind { get; init; }

    /// <summary>The person has asked to be forgotten.</summary>
    public bool IsErased { get; init; }
}

/// <summary>Who a participant is. Staff and bots are proposed for exclusion. Stored: never renumber.</summary>
public enum PlatformKind
{
    Person = 0,
    Staff = 1,
    Bot = 2,
}

/// <summary>An id of the same person in another system.</summary>
/// <param name="System">discourse, posthog, email-hash or telegram.</param>
/// <param name="IsVerified">The person has signed in there: only such are linked without an operator.</param>
public sealed record PlatformIdentity(string System, string Id, bool IsVerified);
