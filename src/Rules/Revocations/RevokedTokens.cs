using System.Collections.Immutable;

namespace Stk.Rules.Revocations;

/// <summary>All revocations up to one. A value: with the next ones it is another.</summary>
public sealed class RevokedTokens
{
    private const string EveryRole = "";

    private readonly ImmutableHashSet<string> _ids;
    private readonly ImmutableDictionary<(string Subject, string Role), DateTimeOffset> _before;

    private RevokedTokens(
        int number, ImmutableHashSet<string> ids, ImmutableDictionary<(string, string), DateTimeOffset> before)
    {
        Number = number;
        _ids = ids;
        _before = before;
    }

    public static RevokedTokens None { get; } = new(
        0, ImmutableHashSet.Create<string>(StringComparer.Ordinal),
        ImmutableDictionary<(string, string), DateTimeOffset>.Empty);

    /// <summary>Of the last revocation that is known; 0 before the first.</summary>
    public int Number { get; }

    /// <summary>With later ones; what is known already changes nothing.</summary>
    /// <param name="later">In any order, without a gap after <see cref="Number"/>.</param>
    public RevokedTokens With(IEnumerable<Revocation> later)
    {
        var (number, ids, before) = (Number, _ids.ToBuilder(), _before.ToBuilder());
        foreach (var revocation in later)
        {
            number = Math.Max(number, revocation.Number);
            if (revocation.TokenId is { } id)
            {
                ids.Add(id);
            }
            else if (revocation is { Subject: { } subject, Before: { } instant })
            {
                var whose = (subject, revocation.Role ?? EveryRole);
                before[whose] = before.TryGetValue(whose, out var earlier) && earlier > instant ? earlier : instant;
            }
        }

        return new(number, ids.ToImmutable(), before.ToImmutable());
    }

    public bool IsRevoked(TokenIdentity token) =>
        (token.Id is { } id && _ids.Contains(id))
        || EndedBefore(token, EveryRole) || EndedBefore(token, token.Role);

    // To the second that tokens tell: one of the same second as the instant may be of before, and ends too.
    private bool EndedBefore(TokenIdentity token, string role) =>
        _before.TryGetValue((token.Subject, role), out var before) && token.IssuedAt < before;
}
