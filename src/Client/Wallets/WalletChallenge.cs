namespace Stk.Client.Wallets;

/// <summary>What a wallet is to sign, so that it can be linked.</summary>
/// <param name="Challenge">Its name, for the answer.</param>
/// <param name="Message">The text.</param>
/// <param name="Transaction">Base64, in the form of a transaction; null in the other.</param>
public sealed record WalletChallenge(string Challenge, string Message, string? Transaction, DateTimeOffset ExpiresAt);
