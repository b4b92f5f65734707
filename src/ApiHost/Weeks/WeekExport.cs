using Stk.ApiHost.Cluster;
using Stk.GrainInterfaces.Weeks;
using Stk.Reports.Weekly;
using Stk.Rules.Weeks;

namespace Stk.ApiHost.Weeks;

/// <summary>A week's export, passed on part by part as the cluster gives it: no more than a part is in memory.</summary>
/// <param name="first">Read before anything is answered, so that a week without an export is a 404.</param>
/// <param name="isForPeople">True for a person with a spreadsheet; false for a machine, and as it was sealed.</param>
internal sealed class WeekExport(GrainCalls calls, WeekId week, ExportPage first, bool isForPeople) : IResult
{
    public static Task<ExportPage?> ReadPart(
        GrainCalls calls, WeekId week, string? cursor, CancellationToken cancellation) =>
        calls.Read(
            grains => grains.GetGrain<IWeekGrain>(week.ToString()).ReadExport(cursor, cancellation), cancellation);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var cancellation = httpContext.RequestAborted;
        httpContext.Response.ContentType = WeeklyCsv.ContentType;
        httpContext.Response.Headers.ContentDisposition = $"attachment; filename=\"{week}.csv\"";
        if (HttpMethods.IsHead(httpContext.Request.Method))
        {
            return;
        }

        try
        {
            var part = first;
            if (isForPeople)
            {
                await httpContext.Response.Body.WriteAsync(SpreadsheetCsv.Mark, cancellation);
            }

            await Write(httpContext, part);
            while (part.Next is { } next)
            {
                part = await ReadPart(calls, week, next, cancellation)
                    ?? throw new InvalidOperationException("the week was sealed at the first part and is not any more");
                await Write(httpContext, part);
            }
        }
        catch (Exception exception) when (httpContext.Response.HasStarted)
        {
            // A file that ends early must not look whole.
            var logger = httpContext.RequestServices.GetRequiredService<ILogger<WeekExport>>();
            Log.ExportCut(logger, exception, week.ToString());
            httpContext.Abort();
        }
    }

    private ValueTask Write(HttpContext context, ExportPage part) => context.Response.Body.WriteAsync(
        isForPeople ? SpreadsheetCsv.Rewritten(part.Csv) : part.Csv, context.RequestAborted);
}
