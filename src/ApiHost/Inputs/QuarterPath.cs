namespace Stk.ApiHost.Inputs;

/// <summary>The quarter in a path.</summary>
internal static class QuarterPath
{
    public const string Rule = "must be a calendar quarter, such as 2025-Q4";
}
