using Stk.Rules.Treasury;

namespace Stk.Grains.Treasury;

/// <summary><see cref="FundSpendState"/> as SQL has it, for texts that are constants.</summary>
public static class SqlFundSpends
{
    public const string Waiting = "1";
    public const string Paid = "2";
    public const string Rejected = "3";

    /// <summary>In no row: the desk knows when what waits has expired.</summary>
    public const string Expired = "4";
}
