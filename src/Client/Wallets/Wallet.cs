using Stk.Rules.Money;

namespace Stk.Client.Wallets;

/// <summary>The wallet that STK are paid to.</summary>
/// <param name="Address">Null where nothing is linked.</param>
/// <param name="PayableFrom">Nothing is paid there before.</param>
/// <param name="Mode">keep or weekly.</param>
/// <param name="InFlight">What is on its way to the wallet.</param>
/// <param name="Deposit">Where STK can be sent back to; null where that is not offered.</param>
public sealed record Wallet(
    string? Address, DateTimeOffset? LinkedAt, DateTimeOffset? PayableFrom, string Mode, string? TokenAccount,
    Amount InFlight, WalletLifetime Lifetime, WalletDeposit? Deposit);

/// <summary>Over all wallets of the participant.</summary>
public sealed record WalletLifetime(Amount Sent, Amount Deposited);

/// <param name="Memo">Names the participant: to be sent along.</param>
/// <param name="Url">Of Solana Pay.</param>
public sealed record WalletDeposit(string Address, string Mint, string Memo, string Url);
