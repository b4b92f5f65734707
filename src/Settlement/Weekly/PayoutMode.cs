namespace Stk.Settlement.Weekly;

/// <summary>What becomes of a person's rewards. Stored: add at the end, never renumber.</summary>
public enum PayoutMode
{
    /// <summary>They stay in the cabinet until the person withdraws them.</summary>
    Keep = 1,

    /// <summary>What a week has released goes to the wallet after the week's run.</summary>
    Weekly = 2,
}
