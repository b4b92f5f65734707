using Stk.Client.Connections;

namespace Stk.Client.Wallets;

/// <summary>
/// Where a participant's STK go when they leave. Whoever changes it has signed in within the last five minutes.
/// </summary>
public sealed class WalletCalls
{
    private readonly ApiConnection _connection;

    internal WalletCalls(ApiConnection connection) => _connection = connection;

    /// <param name="participant">For operators and auditors; null for the token's own.</param>
    public Task<Wallet> Get(string? participant = null, CancellationToken cancellation = default) =>
        _connection.Get<Wallet>(ApiConnection.Path("wallet", ("participant", participant)), cancellation);

    /// <summary>What the wallet is to sign, within five minutes.</summary>
    /// <param name="address">Base58.</param>
    /// <param name="form">message, or transaction.</param>
    public Task<WalletChallenge> Challenge(string address, string form, CancellationToken cancellation = default) =>
        _connection.Write<WalletChallenge>(HttpMethod.Post, "wallet/challenge", new { address, form }, null, cancellation);

    /// <summary>Links the wallet that has signed a challenge's text.</summary>
    /// <param name="signature">Base58.</param>
    public Task<Wallet> LinkBySignature(
        string challenge, string signature, string? key = null, CancellationToken cancellation = default) =>
        _connection.Write<Wallet>(HttpMethod.Post, "wallet/link", new { challenge, signature }, key, cancellation);

    /// <summary>Links the wallet that has signed a challenge's transaction.</summary>
    /// <param name="transaction">Base64, signed.</param>
    public Task<Wallet> LinkByTransaction(
        string challenge, string transaction, string? key = null, CancellationToken cancellation = default) =>
        _connection.Write<Wallet>(HttpMethod.Post, "wallet/link", new { challenge, transaction }, key, cancellation);

    /// <summary>Ends the link.</summary>
    public Task<Wallet> Unlink(string? key = null, CancellationToken cancellation = default) =>
        _connection.Write<Wallet>(HttpMethod.Delete, "wallet", null, key, cancellation);

    /// <param name="mode">keep or weekly.</param>
    public Task<Wallet> SetMode(string mode, string? key = null, CancellationToken cancellation = default) =>
        _connection.Write<Wallet>(HttpMethod.Put, "wallet/mode", new { mode }, key, cancellation);
}
