namespace Stk.Ledger.Accounts;

/// <summary>Stored and hashed: add at the end, never renumber.</summary>
public enum AccountKind : short
{
    /// <summary>Goes negative: what was ever emitted.</summary>
    Issuance = 1,

    Burned = 2,

    /// <summary>Owner: a fund's number.</summary>
    Fund = 3,

    /// <summary>What one weekly run has reserved. Owner: the week's number, 202551.</summary>
    Week = 4,

    /// <summary>What is held in wallets outside.</summary>
    Chain = 5,

    /// <summary>Owner of this and the next two: a participant's number.</summary>
    Available = 6,

    Frozen = 7,
    Settling = 8,

    /// <summary>What has arrived from outside, and nobody knows yet whose it is.</summary>
    ChainSuspense = 9,
}
