using System.Text.RegularExpressions;
using Stk.Solana.Keys;
using Stk.Solana.Messages;
using Stk.Solana.Programs;
using Stk.Solana.Rpc;
using Stk.Testing.Chain;

namespace Stk.Solana.Tests.Chain;

/// <summary>
/// The local chain names every error of the runtime as Solana's nodes do. An error without a name would be left out of an
/// answer, and a reader would take that for success.
/// </summary>
public partial class ErrorNameTests : ChainTest
{
    private readonly Account _poor = Account.FromSeed(TestKeys.Seed(8));

    [Fact]
    public async Task Each_error_of_a_whole_transaction_has_its_name()
    {
        var transfer = SystemProgram.Transfer(Payer.PublicKey, Other.PublicKey, Sol);
        Assert.Equal("AccountNotFound", await NameOf(await Paid(Other, Empty(MemoProgram.ProgramId))));
        Assert.Equal("ProgramAccountNotFound", await NameOf(await Paid(
            Payer, ComputeBudgetProgram.SetComputeUnitLimit(1_000), Empty(TestKeys.Address(5)))));
        await Chain.Command(Holding(_poor.PublicKey, (long)Sol, SystemProgram.ProgramId));
        Assert.Equal("InvalidProgramForExecution", await NameOf(await Paid(
            Payer, ComputeBudgetProgram.SetComputeUnitLimit(1_000), Empty(_poor.PublicKey))));
        Assert.Equal("BlockhashNotFound", await NameOf(
            new TransactionBuilder().SetFeePayer(Payer.PublicKey)
                .SetRecentBlockHash(Blockhash.Parse(TestKeys.Address(9).ToString())).AddInstruction(transfer).Build(Payer)));
        Assert.Equal("MaxLoadedAccountsDataSizeExceeded", await NameOf(await Paid(Payer, LoadedDataLimit(1), transfer)));
        Assert.Equal("InvalidLoadedAccountsDataSizeLimit", await NameOf(await Paid(Payer, LoadedDataLimit(0), transfer)));

        Assert.Equal(
            new TransactionError.At("DuplicateInstruction", 1),
            await Failure(await Paid(Payer, LoadedDataLimit(100_000_000), LoadedDataLimit(100_000_000))));
        Assert.Equal(
            new TransactionError.At("InsufficientFundsForRent", 1),
            await Failure(await Paid(Payer, SystemProgram.Transfer(Payer.PublicKey, Other.PublicKey, 1))));

        await Chain.Command(Holding(_poor.PublicKey, 4_999, SystemProgram.ProgramId));
        Assert.Equal("InsufficientFundsForFee", await NameOf(await Paid(_poor, Empty(MemoProgram.ProgramId))));
        await Chain.Command(Holding(_poor.PublicKey, (long)Sol, TokenProgram.ProgramId, new byte[165]));
        Assert.Equal("InvalidAccountForFee", await NameOf(await Paid(_poor, Empty(MemoProgram.ProgramId))));

        var landed = await Paid(Payer, transfer);
        (await Send(Alpha, landed)).Required();
        Assert.Equal("AlreadyProcessed", await NameOf(landed));
    }

    [Fact]
    public async Task Each_error_inside_an_instruction_has_its_name()
    {
        var system = SystemProgram.ProgramId;
        var (payer, other) = (Payer.PublicKey, Other.PublicKey);
        (string Name, TransactionInstruction Failing)[] cases =
        [
            ("InvalidInstructionData", new(system, [AccountMeta.Writable(payer, isSigner: true)], [0xFF, 0xFF, 0xFF, 0xFF])),
            ("MissingAccount", SystemProgram.Transfer(payer, other, 1) with { Keys = [] }),
            ("NotEnoughAccountKeys", TokenProgram.Burn(payer, other, 1, payer) with { Keys = [] }),
            ("InvalidArgument", SystemProgram.InitializeNonceAccount(payer, other) with
            {
                Keys = [
                    AccountMeta.Writable(payer, isSigner: true), AccountMeta.ReadOnly(other),
                    AccountMeta.ReadOnly(other)],
            }),
            ("UnsupportedProgramId", Empty(PublicKey.Parse("NativeLoader1111111111111111111111111111111"))),
            ("InvalidAccountOwner", new(
                AddressLookupTableProgram.ProgramId,
                [AccountMeta.Writable(payer, isSigner: true), AccountMeta.ReadOnly(payer, isSigner: true)],
                [1, 0, 0, 0])),
            ("ProgramFailedToComplete", Empty(MemoProgram.ProgramId) with { Data = [0xFF] }),
            ("MissingRequiredSignature", SystemProgram.Transfer(payer, other, 1) with
            {
                Keys = [AccountMeta.Writable(TestKeys.Address(7)), AccountMeta.Writable(other)],
            }),
            ("ReadonlyLamportChange", SystemProgram.Transfer(payer, other, Sol) with
            {
                Keys = [AccountMeta.Writable(payer, isSigner: true), AccountMeta.ReadOnly(other)],
            }),
            ("InvalidAccountData", SystemProgram.AuthorizeNonceAccount(payer, payer, other)),
            ("InvalidSeeds", AssociatedTokenAccountProgram.CreateIdempotent(payer, TestKeys.Address(7), other, TestKeys.Address(8))),
            ("ComputationalBudgetExceeded", ComputeBudgetProgram.SetComputeUnitLimit(1)),
        ];
        foreach (var (name, failing) in cases)
        {
            Assert.Equal(name, await NameInside(failing));
        }
    }

    // Clients that show an error look for a node's words in it.
    [Fact]
    public async Task A_refused_send_tells_why_in_a_nodes_words()
    {
        using var node = new RawNode(Chain.Nodes[0].Url);
        var transfer = SystemProgram.Transfer(Payer.PublicKey, Other.PublicKey, Sol);
        var landed = await Paid(Payer, transfer);
        (await Send(Alpha, landed)).Required();
        Assert.Equal("This transaction has already been processed", await Words(landed));
        Assert.Equal(
            "Attempt to debit an account but found no record of a prior credit.",
            await Words(await Paid(_poor, Empty(MemoProgram.ProgramId))));
        Assert.Equal(
            "Error processing Instruction 0: custom program error: 0x1",
            await Words(await Paid(Payer, SystemProgram.Transfer(Payer.PublicKey, Other.PublicKey, 1_000 * Sol))));
        Assert.Equal(
            "Error processing Instruction 0: InvalidAccountData",
            await Words(await Paid(
                Payer, SystemProgram.AuthorizeNonceAccount(Payer.PublicKey, Payer.PublicKey, Other.PublicKey))));
        var late = await Paid(Payer, SystemProgram.Transfer(Payer.PublicKey, Other.PublicKey, 2 * Sol));
        await Chain.Command(new { command = "expire" });
        Assert.Equal("Blockhash not found", await Words(late));

        async Task<string> Words(Transaction transaction)
        {
            var (code, message) = await node.Refusal(
                "sendTransaction", Convert.ToBase64String([.. transaction.Serialize()]),
                new { encoding = "base64", preflightCommitment = "processed" });
            Assert.Equal(-32002, code);
            Assert.StartsWith("Transaction simulation failed: ", message, StringComparison.Ordinal);
            return message["Transaction simulation failed: ".Length..];
        }
    }

    // With the trial run left out, the error is in what landed.
    [Fact]
    public async Task A_landed_failure_has_its_name_in_every_answer()
    {
        var failing = await Paid(Payer, new TransactionInstruction(
            SystemProgram.ProgramId, [AccountMeta.Writable(Payer.PublicKey, isSigner: true)], [0xFF, 0xFF, 0xFF, 0xFF]));
        (await Alpha.SendTransaction(failing, new(SkipPreflight: true), default)).Required();
        await Finalize();

        var expected = new TransactionError.InstructionFailed(0, "InvalidInstructionData", null);
        Assert.Equal(expected, (await Status(failing.Id, searchHistory: true))!.Failure);
        Assert.Equal(expected, (await Alpha.GetTransaction(failing.Id, Commitment.Finalized, default)).Required()!.Failure);
    }

    // The numbers are LiteSVM's own, and differ from the order in Solana's sources.
    [Theory]
    [InlineData("TransactionErrorFieldless", "TRANSACTION_ERRORS")]
    [InlineData("InstructionErrorFieldless", "INSTRUCTION_ERRORS")]
    public async Task The_names_are_in_the_order_of_the_pinned_runtimes_numbers(string declared, string ours)
    {
        var declarations = await File.ReadAllTextAsync(
            Path.Combine(LocalChain.Folder, "node_modules", "litesvm", "dist", "internal.d.ts"));
        var table = await File.ReadAllTextAsync(Path.Combine(LocalChain.Folder, "errors.mjs"));
        var numbered = Numbered().Matches(Between(declarations, $"enum {declared} {{", "}"))
            .Select(match => match.Groups["name"].Value).ToArray();
        var named = Quoted().Matches(Between(table, $"const {ours} = [", "]"))
            .Select(match => match.Groups["name"].Value).ToArray();

        Assert.NotEmpty(named);
        Assert.Equal(numbered, named);
    }

    [GeneratedRegex(@"(?<name>\w+) = \d+")]
    private static partial Regex Numbered();

    [GeneratedRegex("'(?<name>\\w+)'")]
    private static partial Regex Quoted();

    private static string Between(string text, string begin, string end)
    {
        var from = text.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        Assert.True(from >= begin.Length, $"no {begin}");
        return text[from..text.IndexOf(end, from, StringComparison.Ordinal)];
    }

    private static TransactionInstruction Empty(PublicKey program, params ReadOnlySpan<PublicKey> keys) =>
        new(program, [.. keys.ToArray().Select(key => AccountMeta.ReadOnly(key))], []);

    // Unit: bytes.
    private static TransactionInstruction LoadedDataLimit(uint bytes) =>
        new(ComputeBudgetProgram.ProgramId, [], new InstructionBytes(5).Byte(4).UInt32(bytes).ToImmutable());

    private static object Holding(PublicKey address, long lamports, PublicKey owner, byte[]? data = null) => new
    {
        command = "accounts",
        accounts = new[]
        {
            new
            {
                address = address.ToString(),
                lamports,
                owner = owner.ToString(),
                data = Convert.ToBase64String(data ?? []),
            },
        },
    };

    private async Task<Transaction> Paid(Account payer, params TransactionInstruction[] instructions) =>
        (await Builder()).SetFeePayer(payer.PublicKey).AddInstructions(instructions).Build(payer);

    // A trial run and a send say the same.
    private async Task<string> NameOf(Transaction transaction) =>
        Assert.IsType<TransactionError.Named>(await Failure(transaction)).Name;

    private async Task<string> NameInside(TransactionInstruction instruction)
    {
        var failed = Assert.IsType<TransactionError.InstructionFailed>(await Failure(await Paid(Payer, instruction)));
        Assert.Equal((0, null), (failed.Index, failed.CustomCode));
        return failed.Name;
    }

    private async Task<TransactionError?> Failure(Transaction transaction)
    {
        var tried = (await Alpha.SimulateTransaction(transaction, ReadAt.Processed, default)).Required();
        var refused = Assert.IsType<RpcError.PreflightFailed>((await Send(Alpha, transaction)).Error);
        Assert.Equal(tried.Failure, refused.Cause);
        return tried.Failure;
    }
}
