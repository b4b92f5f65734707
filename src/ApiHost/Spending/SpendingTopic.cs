using Stk.ApiHost.OpenApi;

namespace Stk.ApiHost.Spending;

/// <summary>What transfers, purchases, uses and spendings from funds have in common: why they are refused.</summary>
internal static class SpendingTopic
{
    public static Topic Topic => new(Json: null, Tag: null) { Problems = SpendingProblems.All };
}
