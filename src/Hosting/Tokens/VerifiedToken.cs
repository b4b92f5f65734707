using Stk.Rules.Revocations;

namespace Stk.Hosting.Tokens;

/// <summary>What a token says that this host has verified.</summary>
/// <param name="Role">One of <see cref="Tokens.Role"/>; null for a sign-in code, which is a token for nothing else.</param>
/// <param name="SignInCode">The code's id; null for a bearer's token.</param>
/// <param name="Expires">When the token ends.</param>
public sealed record VerifiedToken(string Subject, string? Role, string? SignInCode, DateTimeOffset Expires)
{
    /// <summary>As the key of an actor that is the token's own: a code's by its id, any other by the subject.</summary>
    public IdSpan Key { get; } = IdSpan.Create(SignInCode ?? Subject);

    /// <summary>When its subject has shown who they are (<c>auth_time</c>); null where it does not say.</summary>
    public DateTimeOffset? SignedInAt { get; init; }

    /// <summary>Whether it is a code that signs in to the pages, and is good for no other sign-in.</summary>
    public bool IsPagesCode { get; init; }

    /// <summary>What a revocation can name of it.</summary>
    public required TokenIdentity Identity { get; init; }
}
