namespace Stk.ApiHost.Hosting;

/// <summary>
/// The methods that HTTP gives to every address (RFC 9110, 9.3.2 and 9.3.7): HEAD where there is GET, and OPTIONS.
/// </summary>
internal static class FreeMethods
{
    /// <summary>
    /// Whatever is mapped to GET in the group answers HEAD too, with GET's status and headers. The server leaves the body
    /// out; an endpoint whose body is long or never ends looks at the method itself.
    /// </summary>
    public static RouteGroupBuilder WithHead(this RouteGroupBuilder group)
    {
        ((IEndpointConventionBuilder)group).Finally(endpoint =>
        {
            for (var place = 0; place < endpoint.Metadata.Count; place++)
            {
                if (endpoint.Metadata[place] is IHttpMethodMetadata methods
                    && methods.HttpMethods.Contains(HttpMethods.Get) && !methods.HttpMethods.Contains(HttpMethods.Head))
                {
                    endpoint.Metadata[place] = new HttpMethodMetadata(
                        [.. methods.HttpMethods, HttpMethods.Head], methods.AcceptCorsPreflight);
                }
            }
        });
        return group;
    }

    /// <summary>OPTIONS is answered by the methods that an address takes: those that a 405 names.</summary>
    public static void UseOptions(this WebApplication app) => app.Use(async (context, next) =>
    {
        await next(context);
        var response = context.Response;
        if (response.StatusCode == StatusCodes.Status405MethodNotAllowed && !response.HasStarted
            && response.Headers.Allow is [{ Length: > 0 } others])
        {
            response.Headers.Allow = $"{others}, {HttpMethods.Options}";
            if (HttpMethods.IsOptions(context.Request.Method))
            {
                response.StatusCode = StatusCodes.Status204NoContent;
            }
        }
    });
}
