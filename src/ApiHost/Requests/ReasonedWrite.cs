using Stk.GrainInterfaces.Requests;

namespace Stk.ApiHost.Requests;

/// <summary>An operator's write under a key, whose body is a reason and nothing else.</summary>
internal static class ReasonedWrite
{
    /// <param name="address">Method and path, for the Idempotency-Key.</param>
    /// <param name="act">Called where key and body may be used.</param>
    public static async Task<IResult> Answer(
        HttpContext context, string address, Func<RequestKey, string, Task<IResult>> act)
    {
        var (key, keyProblem) = context.Request.RequiredKey();
        if (keyProblem is not null)
        {
            return keyProblem;
        }

        var (body, problem) = await JsonBody.Read(context.Request);
        if (body is null)
        {
            return problem ?? throw new InvalidOperationException("neither body nor problem");
        }

        using (body)
        {
            var reason = body.Reason("reason");
            return body.Fault is { } fault ? fault : await act(context.RequestKey(key, address, body), reason);
        }
    }
}
