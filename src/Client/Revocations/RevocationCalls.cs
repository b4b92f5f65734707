using Stk.Client.Connections;

namespace Stk.Client.Revocations;

/// <summary>Ends tokens before their time: an operator's.</summary>
public sealed class RevocationCalls
{
    private readonly ApiConnection _connection;

    internal RevocationCalls(ApiConnection connection) => _connection = connection;

    /// <summary>One token, by its <c>jti</c>.</summary>
    public Task<TokenRevocation> Revoke(
        string jti, string reason, string? key = null, CancellationToken cancellation = default) =>
        _connection.Write<TokenRevocation>(
            HttpMethod.Post, "admin/tokens/revoke", new { jti, reason }, key, cancellation);

    /// <summary>All of a subject's, in every role, that were made before an instant.</summary>
    /// <param name="before">Null means now.</param>
    public Task<TokenRevocation> RevokeAll(
        string subject, DateTimeOffset? before, string reason, string? key = null,
        CancellationToken cancellation = default) =>
        _connection.Write<TokenRevocation>(
            HttpMethod.Post, "admin/tokens/revoke", new { subject, before, reason }, key, cancellation);
}
