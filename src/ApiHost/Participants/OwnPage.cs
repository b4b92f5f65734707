using Microsoft.AspNetCore.Http.HttpResults;
using Stk.ApiHost.Cluster;
using Stk.ApiHost.Inputs;
using Stk.ApiHost.Problems;
using Stk.GrainInterfaces.Participants;

namespace Stk.ApiHost.Participants;

/// <summary>
/// A page of what is on record about one participant: its own, or the one that an operator or auditor names.
/// </summary>
/// <param name="Parameters">Of the query, the page's read already.</param>
/// <param name="Reason">Why an operator or auditor asks, where they say so: it is part of the trace.</param>
internal sealed record OwnPage(HttpContext Context, Parameters Parameters, PageRequest Request, string? Reason = null)
{
    /// <summary>One that is asked for with cursor and limit alone.</summary>
    public static OwnPage Of(HttpContext context)
    {
        var parameters = new Parameters(context.Request.Query);
        return new(context, parameters, parameters.Page());
    }

    /// <summary>Answers with the page, or with what is wrong.</summary>
    /// <param name="ask">The participant's actor for it.</param>
    /// <param name="show">The page as it is shown; null where its cursor is none of this list's.</param>
    public async Task<Results<Ok<PageView<TItem>>, Problem>> Answer<TPage, TItem>(
        GrainCalls calls, Func<IRecordsGrain, PageRequest, CancellationToken, Task<TPage>> ask,
        Func<TPage, PageView<TItem>?> show)
    {
        if (!(await Context.Participant(Parameters, calls, Reason)).IsRead(out var id, out var problem))
        {
            return problem;
        }

        var page = await calls.Read(
            (grains, attempt) => ask(grains.GetGrain<IRecordsGrain>(id), Request, attempt), Context.RequestAborted);
        return show(page) is { } shown ? TypedResults.Ok(shown) : new Problem(ProblemTypes.InvalidCursor);
    }
}
