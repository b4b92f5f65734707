namespace Stk.Ledger.Verify;

/// <summary>Ends a verification at the first fault; never leaves this folder.</summary>
internal sealed class JournalFaultException(VerifyFault fault) : Exception(fault.ToString())
{
    public VerifyFault Fault { get; } = fault;
}
