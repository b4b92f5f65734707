using Stk.ApiHost.OpenApi;

namespace Stk.ApiHost.Operators;

/// <summary>Pages for operators. What the topic brings beside its endpoints.</summary>
internal static class OperatorTopic
{
    public static Topic Topic => new(Json: null, Tag: null) { Problems = OperatorProblems.All };
}
