namespace Stk.ApiHost.Inputs;

/// <summary>The week in a path.</summary>
internal static class WeekPath
{
    public const string Rule = "must be an ISO week that exists, such as 2025-W51";
}
