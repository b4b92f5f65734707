using System.Globalization;

namespace Stk.Solana.Rpc;

/// <summary>Why a transaction fails, in the runtime's own words. A closed set: nothing outside can add a case.</summary>
public abstract record TransactionError
{
    private TransactionError()
    {
    }

    /// <summary>A few words for a person.</summary>
    public abstract string Sentence { get; }

    /// <summary>No such blockhash here: too old, of a dropped fork, or newer than what this node has seen.</summary>
    public bool IsBlockhashNotFound => this is Named { Name: "BlockhashNotFound" };

    /// <summary>The same transaction is there already.</summary>
    public bool IsAlreadyProcessed => this is Named { Name: "AlreadyProcessed" };

    /// <summary>One that concerns the whole: <c>BlockhashNotFound</c>, <c>InsufficientFundsForFee</c>, ...</summary>
    /// <remarks>A name, not an enumeration: the runtime adds some with each release.</remarks>
    public sealed record Named(string Name) : TransactionError
    {
        public override string Sentence => Name;
    }

    /// <summary>An instruction failed.</summary>
    /// <param name="Index">Which one, from 0.</param>
    /// <param name="Name">The runtime's name for it: <c>InvalidAccountData</c>, <c>Custom</c>, ...</param>
    /// <param name="CustomCode">The program's own number, with the name <c>Custom</c>.</param>
    public sealed record InstructionFailed(int Index, string Name, uint? CustomCode) : TransactionError
    {
        public override string Sentence => string.Create(
            CultureInfo.InvariantCulture,
            $"instruction {Index}, {Name}{(CustomCode is { } code ? string.Create(CultureInfo.InvariantCulture, $" {code}") : "")}");
    }

    /// <summary>One that points at an account or instruction: <c>InsufficientFundsForRent</c>, ...</summary>
    public sealed record At(string Name, int Index) : TransactionError
    {
        public override string Sentence => string.Create(CultureInfo.InvariantCulture, $"{Name} at {Index}");
    }
}
