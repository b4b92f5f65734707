using Stk.Ledger.Accounts;

namespace Stk.Ledger.Sql;

/// <summary><see cref="AccountKind"/> as SQL has it, for texts that are constants.</summary>
public static class SqlAccounts
{
    public const string Issuance = "1";
    public const string Burned = "2";
    public const string Fund = "3";
    public const string Week = "4";
    public const string Chain = "5";
    public const string Available = "6";
    public const string Frozen = "7";
    public const string Settling = "8";
    public const string ChainSuspense = "9";
}
