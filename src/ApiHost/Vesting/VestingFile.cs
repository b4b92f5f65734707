using Stk.ApiHost.Cluster;
using Stk.GrainInterfaces.Vesting;
using Stk.Reports.Vesting;

namespace Stk.ApiHost.Vesting;

/// <summary>The CSV of decisions, part by part as the cluster gives it: no more than a part is in memory.</summary>
/// <param name="first">Read before anything is answered.</param>
internal sealed class VestingFile(GrainCalls calls, DateOnly from, DateOnly to, VestingExportPage first) : IResult
{
    public static Task<VestingExportPage> ReadPart(
        GrainCalls calls, DateOnly from, DateOnly to, string? cursor, CancellationToken cancellation) => calls.Read(
        (grains, attempt) => grains.GetGrain<IVestingGrain>(0).ReadExport(from, to, cursor, attempt), cancellation);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var cancellation = httpContext.RequestAborted;
        var name = FormattableString.Invariant($"vesting-{from:yyyy-MM-dd}-{to:yyyy-MM-dd}");
        httpContext.Response.ContentType = VestingCsv.ContentType;
        httpContext.Response.Headers.ContentDisposition = $"attachment; filename=\"{name}.csv\"";
        if (HttpMethods.IsHead(httpContext.Request.Method))
        {
            return;
        }

        try
        {
            var part = first;
            await httpContext.Response.Body.WriteAsync(part.Csv, cancellation);
            while (part.Next is { } next)
            {
                part = await ReadPart(calls, from, to, next, cancellation);
                await httpContext.Response.Body.WriteAsync(part.Csv, cancellation);
            }
        }
        catch (Exception exception) when (httpContext.Response.HasStarted)
        {
            // A file that ends early must not look whole.
            var logger = httpContext.RequestServices.GetRequiredService<ILogger<VestingFile>>();
            Log.ExportCut(logger, exception, name);
            httpContext.Abort();
        }
    }
}
