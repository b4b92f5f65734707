namespace Stk.SignerCalls.Answers;

/// <summary>Why the signer does not sign. Names on the wire and in metrics: <see cref="RefusalRules.WireName"/>.</summary>
public enum RefusalRule
{
    /// <summary>The question makes no sense: no payouts, an id twice, an address that is none.</summary>
    Malformed = 1,

    /// <summary>Its file is lost, cut or damaged: it signs nothing until recovery.</summary>
    BookLocked,

    /// <summary>The plan is not what its payouts come to.</summary>
    PlanDiffers,

    /// <summary>A payout's amount in the question, the plan or the message is another.</summary>
    AmountDiffers,

    /// <summary>The message has something that none of our transactions has.</summary>
    ForeignContent,

    /// <summary>The message is not what the plan's payouts make, to the byte.</summary>
    MessageDiffers,

    /// <summary>The memo is of another form than a week's.</summary>
    MemoForm,

    /// <summary>The link's proof is not a signature of the wallet's key.</summary>
    ProofWrong,

    /// <summary>The link's proof names another wallet or another participant.</summary>
    ProofOfAnother,

    /// <summary>The signer has known the destination for less than its own wait.</summary>
    DestinationUnripe,

    /// <summary>The payout is above what one payout may be.</summary>
    PayoutMax,

    /// <summary>With it, more would leave on this day than may.</summary>
    DailyCap,

    /// <summary>This act's attempt was signed with other content, or is not the next one.</summary>
    AttemptDiffers,

    /// <summary>This payout was signed before with another amount, participant or wallet.</summary>
    PayoutDiffers,

    /// <summary>This payout was signed before, and it is not proved that the earlier signature is dead.</summary>
    SignedBefore,

    /// <summary>An earlier signature has landed: it is done.</summary>
    Landed,
}
