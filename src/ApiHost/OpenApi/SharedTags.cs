namespace Stk.ApiHost.OpenApi;

/// <summary>Headings that several topics stand under.</summary>
internal static class SharedTags
{
    public const string OperationName = "Operation";

    public const string SelfName = "Participants";

    public static readonly Tag Operation = new(OperationName, "Participants, sources, rules and the clock, for operators.");

    public static readonly Tag Self = new(SelfName, "Who one is in the economy, and by which rules.");
}
