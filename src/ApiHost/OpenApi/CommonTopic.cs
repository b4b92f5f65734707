using Stk.ApiHost.Problems;
using Stk.ApiHost.Requests;

namespace Stk.ApiHost.OpenApi;

/// <summary>What is of no topic alone.</summary>
internal static class CommonTopic
{
    public static Topic Topic => new(CommonJson.Default, Tag: null)
    {
        Problems = ProblemTypes.Common,
        Examples = [new ReasonBody("agreed with the provider")],
    };
}
