using Stk.Rules.Services;

namespace Stk.Grains.Services;

/// <summary><see cref="ServiceState"/> as SQL has it, for texts that are constants.</summary>
public static class SqlServiceStates
{
    public const string Proposed = "1";
    public const string Admitted = "2";
    public const string Withdrawn = "3";
}
