using System.Collections.Immutable;
using System.Diagnostics;
using Stk.Settlement.Looks;
using Stk.Solana.Keys;
using Stk.Solana.Messages;
using Stk.Solana.Rpc;

namespace Stk.Settlement.Tests;

/// <summary>What one node would answer, to be changed as a test needs it. As it begins, it proves an absence.</summary>
internal sealed class TestNode
{
    public static readonly Landmark Landmark = new(TestBatch.Signature(9_999), 500);

    public string Genesis { get; set; } = "ours";

    public ulong Slot { get; set; } = 2_000;

    public ulong Height { get; set; } = 1_500;

    public Blockhash? Nonce { get; set; }

    public ulong? StatusesSlot { get; set; }

    public Dictionary<Signature, SignatureStatus> Statuses { get; } = new()
    {
        [Landmark.Signature] = new(Landmark.Slot, Commitment.Finalized, null),
    };

    public Dictionary<Signature, LandedTransaction> Landed { get; } = [];

    public List<Signature> Named { get; } = [];

    public ulong FirstBlock { get; set; } = 1;

    public List<Question> Asked { get; } = [];

    /// <summary>The question that is not answered; null where all are.</summary>
    public Type? Silent { get; set; }

    /// <summary>Everything that a landed transaction shows.</summary>
    public void Show(Transaction transaction, LandedTransaction landed, Commitment commitment = Commitment.Finalized)
    {
        Statuses[transaction.Id] = new(landed.Slot, commitment, landed.Failure);
        Named.Insert(0, transaction.Id);
        if (commitment == Commitment.Finalized)
        {
            Landed[transaction.Id] = landed;
        }
    }

    /// <summary>A transaction that only the reference shows.</summary>
    public void ShowByReference(Transaction transaction, LandedTransaction landed)
    {
        Named.Insert(0, transaction.Id);
        Landed[transaction.Id] = landed;
    }

    public Answer Answer(Question question)
    {
        Asked.Add(question);
        return question.GetType() == Silent ? new Answer.None("no answer in time") : question switch
        {
            Question.Genesis => new Answer.GenesisIs(Genesis),
            Question.Height => new Answer.HeightIs(Slot, Height),
            Question.Nonce => new Answer.NonceIs(Slot, Nonce),
            Question.Statuses statuses => new Answer.StatusesAre(
                StatusesSlot ?? Slot + 40,
                [.. statuses.Signatures.Select(signature => Statuses.GetValueOrDefault(signature))]),
            Question.Landed landed => new Answer.LandedAs(Landed.GetValueOrDefault(landed.Signature)),
            Question.Named => new Answer.NamedBy([.. Named.Select(signature => new SignatureInfo(
                signature, 1, null, Commitment.Finalized, null))]),
            Question.FirstBlock => new Answer.FirstBlockIs(FirstBlock),
            _ => throw new UnreachableException(),
        };
    }
}
