using System.Text.Json.Serialization;
using Stk.SignerCalls.Answers;

namespace Stk.Signer.Books;

/// <summary>One line of the signer's file. Names and members are for ever: an old file is read by each build.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "entry")]
[JsonDerivedType(typeof(Begun), "begun")]
[JsonDerivedType(typeof(Destination), "destination")]
[JsonDerivedType(typeof(Signature), "signature")]
internal abstract record BookEntry
{
    private BookEntry()
    {
    }

    /// <summary>The first line: whose file it is, and of which chain.</summary>
    /// <param name="PayoutFloat">Base58.</param>
    /// <param name="Mint">Base58.</param>
    /// <param name="Genesis">The hash of the chain's first block.</param>
    public sealed record Begun(string PayoutFloat, string Mint, string Genesis, DateTimeOffset At) : BookEntry;

    /// <summary>A destination with a good proof was heard of: its wait begins.</summary>
    /// <param name="Wallet">Base58.</param>
    /// <param name="ProofHash">SHA-256 of the proof, in hex; the proof itself is in the link's row.</param>
    public sealed record Destination(string Participant, string Wallet, string ProofHash, DateTimeOffset At) : BookEntry;

    /// <summary>Something was signed. Written before anybody gets it.</summary>
    public sealed record Signature(SignedAct Act) : BookEntry;
}
