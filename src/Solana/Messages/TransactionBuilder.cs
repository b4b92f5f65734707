using System.Collections.Immutable;
using Stk.Solana.Keys;
using Stk.Solana.Programs;

namespace Stk.Solana.Messages;

/// <summary>Gathers what a transaction needs. Immutable: each step gives a new builder, so a prefix can be shared.</summary>
public sealed record TransactionBuilder
{
    private ImmutableArray<TransactionInstruction> Instructions { get; init; } = [];

    private ImmutableArray<LookupTable> Tables { get; init; } = [];

    private PublicKey? FeePayer { get; init; }

    private Blockhash? Lifetime { get; init; }

    private NonceInfo? Nonce { get; init; }

    private MessageVersion Version { get; init; } = MessageVersion.Legacy;

    public TransactionBuilder SetFeePayer(PublicKey feePayer) => this with { FeePayer = feePayer };

    /// <summary>The transaction can land until this blockhash is 150 blocks old.</summary>
    public TransactionBuilder SetRecentBlockHash(Blockhash blockhash) =>
        this with { Lifetime = blockhash, Nonce = null };

    /// <summary>The transaction can land as long as the nonce stands; the instruction that moves it is put first.</summary>
    public TransactionBuilder SetNonceInformation(NonceInfo nonce) =>
        this with { Lifetime = nonce.Value, Nonce = nonce };

    public TransactionBuilder AddInstruction(TransactionInstruction instruction) =>
        this with { Instructions = Instructions.Add(instruction) };

    public TransactionBuilder AddInstructions(IEnumerable<TransactionInstruction> instructions) =>
        this with { Instructions = Instructions.AddRange(instructions) };

    /// <summary>Makes a message of version 0, which takes from this table what it can.</summary>
    /// <exception cref="ArgumentException">A table of this address is there: which of the two is right?</exception>
    public TransactionBuilder AddLookupTable(LookupTable table) =>
        Tables.Any(other => other.Address == table.Address)
            ? throw new ArgumentException($"Lookup table {table.Address} is given twice.", nameof(table))
            : this with { Tables = Tables.Add(table), Version = MessageVersion.V0 };

    public TransactionBuilder SetVersion(MessageVersion version) => this with { Version = version };

    /// <exception cref="InvalidOperationException">No fee payer or no blockhash.</exception>
    /// <exception cref="ArgumentException">The instructions contradict each other.</exception>
    public Message BuildMessage()
    {
        if (Version == MessageVersion.Legacy && !Tables.IsEmpty)
        {
            throw new InvalidOperationException("A legacy message takes nothing from lookup tables.");
        }

        ImmutableArray<TransactionInstruction> all = Nonce is { } nonce
            ? [SystemProgram.AdvanceNonceAccount(nonce.Account, nonce.Authority), .. Instructions]
            : Instructions;
        return MessageCompiler.Compile(
            Version,
            FeePayer ?? throw new InvalidOperationException("A transaction needs someone who pays its fee."),
            Lifetime ?? throw new InvalidOperationException("A transaction needs a recent blockhash or a nonce."),
            all,
            Tables);
    }

    /// <summary>Builds and signs.</summary>
    /// <exception cref="ArgumentException">A signer too many or too few, or more bytes than a packet takes.</exception>
    public Transaction Build(params ReadOnlySpan<Account> signers) => Transaction.Sign(BuildMessage(), signers);
}
