using Stk.ApiHost.Inputs;
using Stk.ApiHost.Problems;

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
