using System.Collections.Immutable;
using Stk.Solana.Keys;
using Stk.Solana.Messages;
using Stk.Solana.Programs;

namespace Stk.Solana.Vaults;

/// <summary>
/// The durable nonce of a key that is elsewhere: what it signs can land as long as the nonce stands, so that a person may
/// take an hour. One a key, and its address follows from the key's.
/// </summary>
public static class HandNonce
{
    private const string Seed = "stk.nonce";

    /// <param name="signer">The vault, or the mint authority: it alone can advance the nonce.</param>
    public static PublicKey Of(PublicKey signer) => SeedAddress.Of(signer, Seed, SystemProgram.ProgramId);

    /// <param name="payer">Pays the rent; signs, as the signer does.</param>
    public static ImmutableArray<TransactionInstruction> Make(PublicKey payer, PublicKey signer, ulong rent) =>
    [
        SystemProgram.CreateAccountWithSeed(
            payer, Of(signer), signer, Seed, rent, NonceAccount.Size, SystemProgram.ProgramId),
        SystemProgram.InitializeNonceAccount(Of(signer), signer),
    ];
}
