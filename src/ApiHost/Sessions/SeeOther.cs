namespace Stk.ApiHost.Sessions;

/// <summary>303: what was asked is done, and the page to see is another (RFC 9110, 15.4.4).</summary>
internal sealed record SeeOther(string Path) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        httpContext.Response.Headers.Location = Path;
        return Task.CompletedTask;
    }
}
