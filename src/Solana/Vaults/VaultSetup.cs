using System.Collections.Immutable;
using Stk.Solana.Keys;
using Stk.Solana.Messages;
using Stk.Solana.Programs;
using Stk.Solana.Rpc;

namespace Stk.Solana.Vaults;

/// <summary>
/// Makes the mint, the token accounts of vault and float, and the nonces of those who sign by hand, once: what stands
/// already is checked and left alone, so that it can be run again after any failure.
/// </summary>
public sealed class VaultSetup(IRpcClient node, TimeProvider time)
{
    /// <summary>Of the ledger too: 10^-6 STK.</summary>
    public const byte Decimals = 6;

    // Vault and mint authority pay the fees of what they sign: some 2,000 signatures, and what an account must hold.
    private const ulong SignersLamports = 10_000_000;

    // Rent of three accounts is some 0.0055 SOL; the rest pays fees for a while.
    private const ulong AirdropLamports = 10_000_000_000;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);

    /// <summary>Does what is missing, and answers when it is final.</summary>
    /// <param name="mayAirdrop">
    /// On a local chain or a test network: lamports are asked for where the float has too few.
    /// </param>
    /// <returns>Whether anything was missing.</returns>
    /// <exception cref="VaultSetupException">Something else stands there, or the transaction failed or was lost.</exception>
    /// <exception cref="RpcException">The node does not answer.</exception>
    public async Task<bool> Run(VaultKeys keys, bool mayAirdrop, CancellationToken cancellation)
    {
        var areNew = await MakeAccounts(keys, mayAirdrop, cancellation);
        return await MakeNonces(keys, mayAirdrop, cancellation) || areNew;
    }

    private async Task<bool> MakeAccounts(VaultKeys keys, bool mayAirdrop, CancellationToken cancellation)
    {
        var addresses = keys.Addresses;
        var found = (await node.GetMultipleAccounts(
            [addresses.Mint, addresses.VaultTokens, addresses.FloatTokens, addresses.PayoutFloat],
            ReadAt.Confirmed,
            cancellation)).Required();
        if (Objection(addresses, found) is { } objection)
        {
            throw new VaultSetupException(objection);
        }

        if (found[0] is not null && found[1] is not null && found[2] is not null)
        {
            return false;
        }

        var mintRent = (await node.GetMinimumBalanceForRentExemption(MintAccount.Size, cancellation)).Required();
        var accountRent = (await node.GetMinimumBalanceForRentExemption(TokenAccount.Size, cancellation)).Required();
        await Fund(addresses.PayoutFloat, found[3]?.Lamports ?? 0, mintRent + (4 * accountRent), mayAirdrop, cancellation);

        var latest = await node.GetLatestBlockHash(ReadAt.Confirmed, cancellation);
        var builder = new TransactionBuilder()
            .SetFeePayer(addresses.PayoutFloat)
            .SetRecentBlockHash(latest.Required().Blockhash)
            .AddInstructions(Missing(addresses, isMintThere: found[0] is not null, mintRent));
        var transaction = found[0] is null ? builder.Build(keys.PayoutFloat, keys.Mint) : builder.Build(keys.PayoutFloat);
        await Land(transaction, latest.Required().LastValidBlockHeight, cancellation);
        return true;
    }

    private async Task<bool> MakeNonces(VaultKeys keys, bool mayAirdrop, CancellationToken cancellation)
    {
        Account[] signers = [keys.MintAuthority, keys.Vault];
        var found = (await node.GetMultipleAccounts(
            [
                .. signers.Select(signer => HandNonce.Of(signer.PublicKey)), .. signers.Select(signer => signer.PublicKey),
                keys.PayoutFloat.PublicKey,
            ],
            ReadAt.Confirmed,
            cancellation)).Required();
        var rent = (await node.GetMinimumBalanceForRentExemption(NonceAccount.Size, cancellation)).Required();
        var instructions = new List<TransactionInstruction>();
        List<Account> signing = [keys.PayoutFloat];
        foreach (var (place, signer) in signers.Index())
        {
            if (found[place] is { } stands)
            {
                Check(signer.PublicKey, stands);
            }
            else
            {
                instructions.AddRange(HandNonce.Make(keys.PayoutFloat.PublicKey, signer.PublicKey, rent));
                signing.Add(signer);
            }

            if ((found[signers.Length + place]?.Lamports ?? 0) < SignersLamports / 2)
            {
                instructions.Add(SystemProgram.Transfer(keys.PayoutFloat.PublicKey, signer.PublicKey, SignersLamports));
            }
        }

        if (instructions.Count == 0)
        {
            return false;
        }

        await Fund(
            keys.PayoutFloat.PublicKey, found[^1]?.Lamports ?? 0, (2 * rent) + (3 * SignersLamports), mayAirdrop,
            cancellation);
        var latest = (await node.GetLatestBlockHash(ReadAt.Confirmed, cancellation)).Required();
        var transaction = new TransactionBuilder()
            .SetFeePayer(keys.PayoutFloat.PublicKey)
            .SetRecentBlockHash(latest.Blockhash)
            .AddInstructions(instructions)
            .Build([.. signing]);
        await Land(transaction, latest.LastValidBlockHeight, cancellation);
        return true;
    }

    private static void Check(PublicKey signer, AccountInfo found)
    {
        if (found.Owner != SystemProgram.ProgramId || NonceAccount.TryParse(found.Data.AsSpan())?.Authority != signer)
        {
            throw new VaultSetupException($"{HandNonce.Of(signer)} is not the nonce of {signer}");
        }
    }

    /// <summary>The instructions for what is missing, in order. Pure.</summary>
    internal static ImmutableArray<TransactionInstruction> Missing(
        VaultAddresses addresses, bool isMintThere, ulong mintRent)
    {
        ImmutableArray<TransactionInstruction> mint = isMintThere
            ? []
            :
            [
                SystemProgram.CreateAccount(
                    addresses.PayoutFloat, addresses.Mint, mintRent, MintAccount.Size, TokenProgram.ProgramId),
                TokenProgram.InitializeMint2(addresses.Mint, Decimals, addresses.MintAuthority, freezeAuthority: null),
            ];
        return
        [
            .. mint,
            AssociatedTokenAccountProgram.CreateIdempotent(
                addresses.PayoutFloat, addresses.VaultTokens, addresses.Vault, addresses.Mint),
            AssociatedTokenAccountProgram.CreateIdempotent(
                addresses.PayoutFloat, addresses.FloatTokens, addresses.PayoutFloat, addresses.Mint),
        ];
    }

    /// <summary>What stands there and is not ours; null where all fits.</summary>
    internal static string? Objection(VaultAddresses addresses, ImmutableArray<AccountInfo?> found)
    {
        if (found[0] is { } mint)
        {
            if (mint.Owner != TokenProgram.ProgramId || MintAccount.TryParse(mint.Data.AsSpan()) is not { } parsed)
            {
                return $"{addresses.Mint} is no mint of SPL Token";
            }

            if (parsed.Decimals != Decimals)
            {
                return $"mint {addresses.Mint} has {parsed.Decimals} decimals, and STK has {Decimals}";
            }

            if (parsed.FreezeAuthority is { } freezer)
            {
                return $"{freezer} could freeze accounts of mint {addresses.Mint}: STK's mint has no freeze authority";
            }

            if (parsed.MintAuthority != addresses.MintAuthority)
            {
                return $"tokens of mint {addresses.Mint} are made by {parsed.MintAuthority?.ToString() ?? "nobody"}, "
                    + $"not by {addresses.MintAuthority}";
            }
        }

        return Objection("vault", addresses.VaultTokens, addresses.Vault, addresses.Mint, found[1])
            ?? Objection("float", addresses.FloatTokens, addresses.PayoutFloat, addresses.Mint, found[2]);
    }

    private static string? Objection(
        string name, PublicKey address, PublicKey owner, PublicKey mint, AccountInfo? found) =>
        found is null
            || (found.Owner == TokenProgram.ProgramId
                && TokenAccount.TryParse(found.Data.AsSpan()) is { } account
                && account.Owner == owner
                && account.Mint == mint)
                    ? null
                    : $"{address} is not the {name}'s token account of this mint";

    private async Task Fund(
        PublicKey address, ulong has, ulong needs, bool mayAirdrop, CancellationToken cancellation)
    {
        if (has >= needs)
        {
            return;
        }

        if (!mayAirdrop)
        {
            throw new VaultSetupException($"{address}, the float, has {has} lamports and needs {needs}: send it some SOL");
        }

        var signature = (await node.RequestAirdrop(address, AirdropLamports, Commitment.Confirmed, cancellation)).Required();
        await Until(
            async () => await StatusOf(signature, cancellation) is { Commitment: >= Commitment.Confirmed },
            cancellation);
    }

    private async Task Land(Transaction transaction, ulong lastValidBlockHeight, CancellationToken cancellation)
    {
        var sent = await node.SendTransaction(transaction, new(), cancellation);
        if (sent.Error is { MayHaveBeenTaken: false } error)
        {
            throw new RpcException(error);
        }

        await Until(
            async () =>
            {
                // The height first: asked the other way round, it could land between.
                var height = (await node.GetBlockHeight(ReadAt.Finalized, cancellation)).Required();
                var status = await StatusOf(transaction.Id, cancellation);
                return status switch
                {
                    { Failure: { } failure } => throw new VaultSetupException($"{transaction.Id} failed: {failure.Sentence}"),
                    { Commitment: Commitment.Finalized } => true,
                    null when height > lastValidBlockHeight =>
                        throw new VaultSetupException($"{transaction.Id} never landed: run it again"),
                    _ => false,
                };
            },
            cancellation);
    }

    private async Task<SignatureStatus?> StatusOf(Signature signature, CancellationToken cancellation) =>
        (await node.GetSignatureStatuses([signature], searchHistory: true, cancellation)).Required()[0];

    private async Task Until(Func<Task<bool>> isSo, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(Poll, time);
        while (!await isSo())
        {
            await timer.WaitForNextTickAsync(cancellation);
        }
    }
}
