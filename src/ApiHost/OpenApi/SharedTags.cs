namespace Stk.ApiHost.OpenApi;

/// <summary>Headings that several topics stand under.</summary>
internal static class SharedTags
{
    public const string OperationName = "Operation";

    public static readonly Tag Operation = new(OperationName, "Participants, sources, rules and the clock, for operators.");
}
