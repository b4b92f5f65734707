using System.Collections.Immutable;

namespace Stk.Grains.Registry;

/// <summary>Who acts as an operator, by the register.</summary>
/// <param name="Subject">The token's.</param>
/// <param name="Name">The person's: two subjects of one person have the same.</param>
/// <param name="Entry">Of the register, by which the subject may act.</param>
/// <param name="IsConfirmed">False where the entry was taken over from an earlier build: it approves nothing yet.</param>
/// <param name="Own">
/// Participants' ids that are the person's own: those named in its entries, and its own tokens' subjects.
/// </param>
internal sealed record ActingPerson(
    string Subject, string Name, long Entry, bool IsConfirmed, ImmutableHashSet<string> Own)
{
    /// <summary>Nobody changes, refunds, admits, approves or judges what is their own.</summary>
    public bool Owns(string? participant) => participant is not null && Own.Contains(participant);
}
