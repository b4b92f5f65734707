using System.Diagnostics;

namespace Stk.Rules.Wallets;

/// <summary>How forms of a proof stand in JSON.</summary>
public static class ProofForms
{
    public static string WireName(this ProofForm form) => form switch
    {
        ProofForm.Message => "message",
        ProofForm.Transaction => "transaction",
        _ => throw new UnreachableException(),
    };
}
