using System.Text;
using Stk.GrainInterfaces.Sources;
using Stk.Rules.Activity;

namespace Stk.ApiHost.Tests.Cluster;

/// <summary>A line that says <c>bad</c> is rejected, one that says <c>nothing</c> gives nothing, and others count.</summary>
public sealed class FakeSourceImport : ISourceImportGrain
{
    public List<ImportRequest> Requests { get; } = [];

    public ImportVerdict Verdict { get; set; }

    /// <summary>So many calls are taken before the verdict is as it is set.</summary>
    public int TakesFirst { get; set; }

    public Task<ImportReply> Take(ImportRequest request, CancellationToken cancellation)
    {
        Requests.Add(request);
        var verdict = Requests.Count <= TakesFirst ? ImportVerdict.Taken : Verdict;
        return Task.FromResult(new ImportReply(
            verdict,
            verdict != ImportVerdict.Taken ? [] :
            [
                .. request.Lines.Select(line => Encoding.UTF8.GetString(line)).Select(line =>
                    line.Contains("nothing", StringComparison.Ordinal) ? null
                    : line.Contains("bad", StringComparison.Ordinal)
                        ? new WebhookAnswer(null, null, EventOutcome.Rejected, "event", "must be good")
                        : new WebhookAnswer(Guid.Empty, "PageView", EventOutcome.Counted)),
            ]));
    }
}
