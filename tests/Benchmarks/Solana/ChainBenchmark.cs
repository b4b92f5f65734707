using System.Buffers.Binary;
using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Stk.Solana.Keys;
using Stk.Solana.Messages;
using Stk.Solana.Payouts;
using Stk.Solana.Programs;
using Stk.Solana.Rpc;
using Stk.Testing.Chain;

namespace Stk.Benchmarks.Solana;

/// <summary>Payouts to existing accounts, really executed by the local chain; then some by a lookup table.</summary>
internal static class ChainBenchmark
{
    private const ulong Sol = 1_000_000_000;
    private const int TableSize = 256;

    public static async Task Run(int count)
    {
        await using var chain = await LocalChain.Start();
        await using var services = Services(chain);
        var node = services.GetRequiredService<ISolanaNodes>().Named("alpha");
        using var payer = Numbers.Account(1);
        var mint = Numbers.Account(2).PublicKey;
        var floatTokens = AssociatedTokenAccountProgram.DeriveAssociatedTokenAccount(payer.PublicKey, mint);
        (await node.RequestAirdrop(payer.PublicKey, 1_000 * Sol, Commitment.Processed, default)).Required();
        var payouts = Numbers.Payouts(count, _ => false);
        await MakeAccounts(chain, mint, payer.PublicKey, floatTokens, payouts);
        var terms = new PayoutTerms(payer.PublicKey, floatTokens, mint, 6, UnitPriceMicroLamports: 0);

        var plan = PayoutPlanner.Plan(payouts, terms);
        var (before, bytes) = (await Lamports(node, payer.PublicKey), 0L);
        var started = Stopwatch.GetTimestamp();
        foreach (var chunk in plan.Chunk(50))
        {
            var latest = (await node.GetLatestBlockHash(ReadAt.Processed, default)).Required();
            var transactions = chunk.Select(batch => Transaction.Sign(
                batch.ToMessage(terms, BatchReference.Of(batch.Payouts[0].Id), latest.Blockhash), payer)).ToList();
            bytes += transactions.Sum(transaction => (long)transaction.Size);
            await Task.WhenAll(transactions.Select(async transaction =>
                (await node.SendTransaction(transaction, new(SkipPreflight: true), default)).Required()));
            await chain.Command(new { command = "advance", blocks = 1 });
        }

        var elapsed = Stopwatch.GetElapsedTime(started);
        var cost = before - await Lamports(node, payer.PublicKey);
        await Verify(node, mint, payouts);
        Numbers.Print($"{count} payouts landed and checked: {plan.Length} transactions, {(double)bytes / count:0.00} bytes and {(double)cost / count:0.0} lamports a payout, {count / elapsed.TotalSeconds:0} a second");
        // 49 bytes: a key of 32, an instruction of 17. The rest of a packet is shared by its payouts.
        Numbers.Print($"floor of the packet: {(count + 17) / 18} transactions ({Transaction.PacketSize / 18.0:0.00} bytes, {5_000 / 18.0:0.0} lamports); without compute budget and reference {(count + 19) / 20} ({Transaction.PacketSize / 20.0:0.00} bytes, {5_000 / 20.0:0.0} lamports)");
        await ByTable(chain, node, payer, terms, payouts);
    }

    // The same payouts once more, their accounts named by one byte each. Making the table costs bytes and rent: it pays
    // where the same people are paid again.
    private static async Task ByTable(
        LocalChain chain, IRpcClient node, Account payer, PayoutTerms terms, Payout[] payouts)
    {
        var some = payouts.Take(TableSize - 4).ToArray();
        PublicKey[] accounts = [
            .. some.Select(payout => AssociatedTokenAccountProgram.DeriveAssociatedTokenAccount(payout.Wallet, terms.Mint))];
        PublicKey[] addresses = [terms.FloatTokens, terms.Mint, .. accounts];
        var slot = (await node.GetSlot(ReadAt.Processed, default)).Required();
        await chain.Command(new { command = "advance", blocks = 2 });
        var (create, table) = AddressLookupTableProgram.CreateLookupTable(payer.PublicKey, payer.PublicKey, slot);
        var before = await Lamports(node, payer.PublicKey);
        var makingBytes = await Send(node, payer, [create]);
        foreach (var part in addresses.Chunk(27))
        {
            makingBytes += await Send(
                node, payer,
                [AddressLookupTableProgram.ExtendLookupTable(table, payer.PublicKey, payer.PublicKey, [.. part])]);
        }

        await chain.Command(new { command = "advance", blocks = 2 });
        var makingCost = before - await Lamports(node, payer.PublicKey);
        var lookup = new LookupTable(table, [.. addresses]);
        var (sent, bytes, transactions) = (0, 0L, 0);
        before = await Lamports(node, payer.PublicKey);
        while (sent < some.Length)
        {
            var (fits, transaction) = (0, (Transaction?)null);
            for (var size = 1; sent + size <= some.Length; size++)
            {
                var batch = new PayoutBatch(
                    [.. some.Skip(sent).Take(size)], [.. accounts.Skip(sent).Take(size)], (uint)(1_000 + (7_000 * size)));
                var latest = (await node.GetLatestBlockHash(ReadAt.Processed, default)).Required();
                var message = new TransactionBuilder().SetFeePayer(payer.PublicKey).SetRecentBlockHash(latest.Blockhash)
                    .AddInstructions(batch.Instructions(terms, BatchReference.Of(batch.Payouts[0].Id)))
                        .AddLookupTable(lookup).BuildMessage();
                if (Transaction.SizeOf(message) > Transaction.PacketSize || message.StaticKeys.Length + size > 64)
                {
                    break;
                }

                (fits, transaction) = (size, Transaction.Sign(message, payer));
            }

            // one payout always fits
            (await node.SendTransaction(transaction!, new(SkipPreflight: true), default)).Required();
            if ((await node.GetSignatureStatuses([transaction!.Id], false, default)).Required()[0] is not { Failure: null })
            {
                throw new InvalidOperationException("A payout by lookup table did not land.");
            }

            (sent, bytes, transactions) = (sent + fits, bytes + transaction.Size, transactions + 1);
        }

        var cost = before - await Lamports(node, payer.PublicKey);
        Numbers.Print($"v0 with a lookup table, {sent} payouts: {transactions} transactions, {(double)bytes / sent:0.00} bytes and {(double)cost / sent:0.0} lamports a payout; the table once {makingBytes} bytes and {makingCost} lamports ({(double)makingCost / sent:0} a payout, most of it rent that comes back)");
    }

    private static async Task<int> Send(IRpcClient node, Account payer, TransactionInstruction[] instructions)
    {
        var latest = (await node.GetLatestBlockHash(ReadAt.Processed, default)).Required();
        var transaction = new TransactionBuilder().SetFeePayer(payer.PublicKey).SetRecentBlockHash(latest.Blockhash)
            .AddInstructions(instructions).Build(payer);
        (await node.SendTransaction(transaction, new(Commitment.Processed), default)).Required();
        return transaction.Size;
    }

    private static async Task Verify(IRpcClient node, PublicKey mint, Payout[] payouts)
    {
        foreach (var chunk in payouts.Chunk(100))
        {
            var accounts = (await node.GetMultipleAccounts(
                [.. chunk.Select(payout => AssociatedTokenAccountProgram.DeriveAssociatedTokenAccount(payout.Wallet, mint))],
                ReadAt.Processed, default)).Required();
            foreach (var (account, payout) in accounts.Zip(chunk))
            {
                if (TokenAccount.TryParse(account!.Data.AsSpan())?.Amount != payout.AmountMicro) // made by MakeAccounts
                {
                    throw new InvalidOperationException($"Payout {payout.Id} is not on chain.");
                }
            }
        }
    }

    private static async Task<ulong> Lamports(IRpcClient node, PublicKey address) =>
        (await node.GetAccountInfo(address, ReadAt.Processed, default)).Required()!.Lamports; // funded at the start

    private static async Task MakeAccounts(
        LocalChain chain, PublicKey mint, PublicKey payer, PublicKey floatTokens, Payout[] payouts)
    {
        var mintBytes = new byte[MintAccount.Size];
        BinaryPrimitives.WriteUInt64LittleEndian(mintBytes.AsSpan(36), ulong.MaxValue / 2);
        (mintBytes[44], mintBytes[45]) = (6, 1);
        await Set(chain, [(mint, mintBytes), (floatTokens, Tokens(mint, payer, ulong.MaxValue / 2))]);
        foreach (var chunk in payouts.Chunk(5_000))
        {
            await Set(chain, [.. chunk.Select(payout => (
                AssociatedTokenAccountProgram.DeriveAssociatedTokenAccount(payout.Wallet, mint),
                Tokens(mint, payout.Wallet, 0)))]);
        }
    }

    private static async Task Set(LocalChain chain, (PublicKey Address, byte[] Data)[] accounts) => await chain.Command(new
    {
        command = "accounts",
        accounts = accounts.Select(account => new
        {
            address = account.Address.ToString(),
            lamports = 2_039_280,
            owner = TokenProgram.ProgramId.ToString(),
            data = Convert.ToBase64String(account.Data),
        }),
    });

    private static byte[] Tokens(PublicKey mint, PublicKey owner, ulong amount)
    {
        var bytes = new byte[TokenAccount.Size];
        mint.CopyTo(bytes);
        owner.CopyTo(bytes.AsSpan(32));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(64), amount);
        bytes[108] = 1;
        return bytes;
    }

    private static ServiceProvider Services(LocalChain chain)
    {
        var settings = new Dictionary<string, string?>();
        foreach (var (place, (name, url)) in chain.Nodes.Index())
        {
            settings[$"Solana:Nodes:{place}:Name"] = name;
            settings[$"Solana:Nodes:{place}:Url"] = url.ToString();
        }

        return new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
            .AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance)
            .AddSolana()
            .BuildServiceProvider();
    }
}
