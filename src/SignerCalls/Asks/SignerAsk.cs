using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Stk.SignerCalls.Asks;

/// <summary>What the signer is asked. A closed set: nothing outside can add a case.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "ask")]
[JsonDerivedType(typeof(OfBatch), "batch")]
[JsonDerivedType(typeof(OfMemo), "memo")]
[JsonDerivedType(typeof(OfDestinations), "destinations")]
[JsonDerivedType(typeof(OfStatus), "status")]
[JsonDerivedType(typeof(OfSigned), "signed")]
public abstract record SignerAsk
{
    private SignerAsk()
    {
    }

    /// <summary>A batch of payouts is to be signed.</summary>
    /// <param name="Act">The chain act's id.</param>
    /// <param name="Attempt">From 1. Asked again for the same, the signer answers the same bytes.</param>
    /// <param name="Plan">The act's plan, as its row has it.</param>
    /// <param name="Payouts">In the plan's order.</param>
    /// <param name="UnitPriceMicroLamports">Unit: micro-lamports a compute unit.</param>
    /// <param name="Message">
    /// The message that was tried out. The signer makes its own, and refuses where this one differs in anything but its
    /// lifetime, which the signer chooses.
    /// </param>
    /// <param name="Head">The ledger's, now.</param>
    public sealed record OfBatch(
        Guid Act,
        int Attempt,
        string Plan,
        ImmutableArray<AskedPayout> Payouts,
        ulong UnitPriceMicroLamports,
        byte[] Message,
        LedgerHead Head) : SignerAsk;

    /// <summary>A lone memo of a week is to be signed: <see cref="WeekMemo"/>.</summary>
    /// <inheritdoc cref="OfBatch"/>
    public sealed record OfMemo(
        Guid Act, int Attempt, string Text, ulong UnitPriceMicroLamports, byte[] Message, LedgerHead Head) : SignerAsk;

    /// <summary>Wallets that were linked.</summary>
    public sealed record OfDestinations(ImmutableArray<AskedDestination> Destinations) : SignerAsk;

    /// <summary>Whether it signs, and what it knows of the ledger.</summary>
    public sealed record OfStatus : SignerAsk;

    /// <summary>What it has signed, in order, a page.</summary>
    /// <param name="After">The number of the last one that is known; 0 for the first page.</param>
    public sealed record OfSigned(long After) : SignerAsk;
}
