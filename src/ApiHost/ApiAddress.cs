namespace Stk.ApiHost;

/// <summary>Where the API begins.</summary>
internal static class ApiAddress
{
    public const string Root = "/api/v1/tokenomics";
}
