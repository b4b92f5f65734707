using Stk.ApiHost.OpenApi;
using Stk.ApiHost.Sessions;

namespace Stk.ApiHost.Pages;

/// <summary>The cabinet's pages. What the topic brings beside them.</summary>
internal static class PageTopic
{
    public static Topic Topic => new(Json: null, Tag: null) { Problems = SessionProblems.All };
}
