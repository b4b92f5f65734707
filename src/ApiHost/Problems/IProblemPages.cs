namespace Stk.ApiHost.Problems;

/// <summary>Shows problems to people.</summary>
internal interface IProblemPages
{
    /// <summary>Whether the request is a browser's, for a page.</summary>
    bool Takes(HttpRequest request);

    /// <param name="trace">What names this request in logs.</param>
    Task Show(HttpContext context, Problem problem, string trace);
}
