using Stk.Client.Connections;
using Stk.Rules.Money;

namespace Stk.Client.Payouts;

/// <summary>What a participant takes to the linked wallet, and what becomes of it.</summary>
public sealed class PayoutCalls
{
    private readonly ApiConnection _connection;

    internal PayoutCalls(ApiConnection connection) => _connection = connection;

    /// <summary>Sets STK aside for the wallet; whoever asks has signed in within the last five minutes.</summary>
    public Task<Payout> Withdraw(Amount amount, string? key = null, CancellationToken cancellation = default) =>
        _connection.Write<Payout>(HttpMethod.Post, "wallet/withdraw", new { amount }, key, cancellation);

    /// <summary>Newest first.</summary>
    /// <param name="participant">For operators and auditors; null for the token's own.</param>
    public IAsyncEnumerable<Payout> List(string? participant = null, CancellationToken cancellation = default) =>
        _connection.Pages<Payout>(ApiConnection.Path("wallet/payouts", ("participant", participant)), cancellation);

    /// <param name="participant">For operators and auditors; null for the token's own.</param>
    public Task<Payout> Get(Guid id, string? participant = null, CancellationToken cancellation = default) =>
        _connection.Get<Payout>(ApiConnection.Path($"wallet/payouts/{id}", ("participant", participant)), cancellation);

    /// <summary>Until a batch has it.</summary>
    public Task<Payout> CallOff(Guid id, string? key = null, CancellationToken cancellation = default) =>
        _connection.Write<Payout>(HttpMethod.Delete, $"wallet/payouts/{id}", null, key, cancellation);
}
