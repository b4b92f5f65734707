using Stk.ApiHost.Cluster;
using Stk.GrainInterfaces.Weeks;
using Stk.Rules.Statements;
using Stk.Rules.Weeks;

namespace Stk.ApiHost.Admin;

/// <summary>A week's export, written page by page as the cluster gives it: no more than a page is in memory.</summary>
/// <param name="first">Read before anything is answered, so that a week without an export is a 404.</param>
internal sealed class WeekExport(GrainCalls calls, WeekId week, ExportPage first) : IResult
{
    /// <summary>Unit: rows.</summary>
    public const int PageRows = 5_000;

    private const int FlushBytes = 65_536;

    public static Task<ExportPage?> ReadPage(
        GrainCalls calls, WeekId week, string? afterId, CancellationToken cancellation) =>
        calls.Read(
            grains => grains.GetGrain<IWeekGrain>(week.ToString()).ReadExport(afterId, PageRows, cancellation), cancellation);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var cancellation = httpContext.RequestAborted;
        httpContext.Response.ContentType = "text/csv; charset=utf-8; header=present";
        httpContext.Response.Headers.ContentDisposition = $"attachment; filename=\"{week}.csv\"";
        var output = httpContext.Response.BodyWriter;
        try
        {
            WeeklyCsvRow.WriteHeader(output);
            var page = first;
            while (true)
            {
                foreach (var row in page.Rows)
                {
                    WeeklyCsvRow.Write(output, week, row.ParticipantId, row.Reward);
                    if (output.UnflushedBytes > FlushBytes)
                    {
                        await output.FlushAsync(cancellation);
                    }
                }

                if (page.IsLast || page.Rows.IsEmpty)
                {
                    break;
                }

                page = await ReadPage(calls, week, page.Rows[^1].ParticipantId, cancellation)
                    ?? throw new InvalidOperationException("the week was sealed at the first page and is not any more");
            }

            await output.FlushAsync(cancellation);
        }
        catch (Exception exception) when (httpContext.Response.HasStarted)
        {
            // A file that ends early must not look whole.
            var logger = httpContext.RequestServices.GetRequiredService<ILogger<WeekExport>>();
            Log.ExportCut(logger, exception, week.ToString());
            httpContext.Abort();
        }
    }
}
