using System.Collections.Immutable;
using System.Security.Cryptography;
using Stk.Ledger.Effects;
using Stk.Rules.Money;

namespace Stk.Ledger.Machine;

/// <summary>Postings that stand or fall together, under an id given by their cause.</summary>
public sealed class Transaction
{
    /// <summary>Most postings in one transaction: it must fit a commit, whose lock others wait for.</summary>
    public const int PostingsMax = 4_000;

    public const int ReferenceLengthMax = 64;

    /// <param name="id">Of the cause (UUIDv5): the same cause gives the same id, and the ledger does it once.</param>
    /// <param name="reference">
    /// A short machine reference as <c>2025-W51</c>, or empty: up to 64 of A-Z a-z 0-9 : . _ / -. Never free text, which
    /// could not be erased.
    /// </param>
    /// <param name="postings">In an order in which no account is overdrawn on the way: each line is checked.</param>
    /// <exception cref="ArgumentException">An empty id, another reference, or more postings than fit.</exception>
    public Transaction(
        Guid id, TransactionKind kind, string reference, ImmutableArray<Posting> postings,
        ImmutableArray<IEffect> effects = default)
    {
        if (id == Guid.Empty)
        {
            throw new ArgumentException("the id is empty: it must be given by the transaction's cause", nameof(id));
        }

        if (reference.Length > ReferenceLengthMax || !reference.All(IsReferenceCharacter))
        {
            throw new ArgumentException(
                $"reference '{reference}': up to {ReferenceLengthMax} of A-Z a-z 0-9 : . _ / -", nameof(reference));
        }

        if (postings.Length > PostingsMax)
        {
            throw new ArgumentException($"{postings.Length} postings: at most {PostingsMax}", nameof(postings));
        }

        Id = id;
        Kind = kind;
        Reference = reference;
        Postings = postings;
        Effects = effects.IsDefault ? [] : effects;
        EffectsHash = CanonicalBytes.EffectsHash(Effects.Select(effect =>
            (effect.Kind, new Digest(SHA256.HashData(effect.CanonicalBytes.Span)))));
        ContentHash = CanonicalBytes.ContentHash(id, kind, reference, postings.AsSpan(), EffectsHash);
    }

    public Guid Id { get; }

    public TransactionKind Kind { get; }

    public string Reference { get; }

    /// <summary>In the order given.</summary>
    public ImmutableArray<Posting> Postings { get; }

    public ImmutableArray<IEffect> Effects { get; }

    /// <summary>Null where it has no effects.</summary>
    public Digest? EffectsHash { get; }

    /// <summary>Over id, kind, reference, postings and effects: what "the same content" means.</summary>
    public Digest ContentHash { get; }

    private static bool IsReferenceCharacter(char character) =>
        char.IsAsciiLetterOrDigit(character) || character is ':' or '.' or '_' or '/' or '-';
}
