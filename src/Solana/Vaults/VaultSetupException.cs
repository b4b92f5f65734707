namespace Stk.Solana.Vaults;

/// <summary>The mint or a token account cannot be made as it should be. One sentence for an operator.</summary>
public sealed class VaultSetupException(string reason) : Exception($"{reason}.");
