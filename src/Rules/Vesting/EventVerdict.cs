using System.Diagnostics;
using Stk.Rules.RuleBooks;

namespace Stk.Rules.Vesting;

/// <summary>Why a counted event is released or cancelled. Stored: add at the end, never renumber.</summary>
public enum VerdictCause
{
    /// <summary>Its type has no condition.</summary>
    Unconditional = 1,

    /// <summary>An event said so.</summary>
    Evidence = 2,

    /// <summary>Nothing was said against it.</summary>
    NoEvidence = 3,

    /// <summary>Nothing was said for it until the end of the wait.</summary>
    Silence = 4,

    /// <summary>The statements of the person that it has brought.</summary>
    Referred = 5,

    /// <summary>It names its own participant.</summary>
    ReferredOneself = 6,

    /// <summary>An earlier counted event names the same person.</summary>
    ReferredBefore = 7,

    /// <summary>An operator decided about the grant.</summary>
    Operator = 8,
}

/// <summary>What becomes of one counted event.</summary>
/// <param name="Evidence">The uuid of the event that said so, where one did.</param>
public readonly record struct EventVerdict(Verdict Verdict, VerdictCause Cause, Guid? Evidence = null);

public static class VerdictCauses
{
    public static string WireName(this VerdictCause cause) => cause switch
    {
        VerdictCause.Unconditional => "unconditional",
        VerdictCause.Evidence => "evidence",
        VerdictCause.NoEvidence => "no-evidence",
        VerdictCause.Silence => "silence",
        VerdictCause.Referred => "referred",
        VerdictCause.ReferredOneself => "referred-oneself",
        VerdictCause.ReferredBefore => "referred-before",
        VerdictCause.Operator => "operator",
        _ => throw new UnreachableException(),
    };
}
