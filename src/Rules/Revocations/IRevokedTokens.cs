namespace Stk.Rules.Revocations;

/// <summary>
/// Which tokens have ended before their time, as this host knows it: the revocations of the table, which every host follows.
/// Whoever believes a token asks here each time, whatever is kept of its signature.
/// </summary>
public interface IRevokedTokens
{
    /// <exception cref="InvalidOperationException">Nothing has been read yet: the host is not ready.</exception>
    bool IsRevoked(TokenIdentity token);
}
