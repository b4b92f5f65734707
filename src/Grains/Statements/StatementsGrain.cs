using System.Diagnostics;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Stk.GrainInterfaces.Statements;
using Stk.Reports.Statements;
using Stk.Rules.Weeks;

namespace Stk.Grains.Statements;

/// <inheritdoc cref="IStatementsGrain"/>
[StatelessWorker]
internal sealed class StatementsGrain(
    StatementReports reports, StatementProofs proofs, Drawings drawings, IOptions<StatementOptions> options)
    : Grain, IStatementsGrain
{
    private string Id => this.GetPrimaryKeyString();

    // An API host of the build before asks so.
    public Task<byte[]?> GetReport(WeekId week, CancellationToken cancellation) => GetReport(week, null, cancellation);

    public async Task<byte[]?> GetReport(WeekId week, int? revision, CancellationToken cancellation) =>
        await reports.Read(Id, week, revision, cancellation) is { } read ? WeeklyReportJson.Write(read.Report, Id) : null;

    public Task<byte[]?> GetProof(WeekId week, CancellationToken cancellation) => proofs.Read(Id, week, cancellation);

    public async Task<ShownStatement?> Show(ShowStatement request, CancellationToken cancellation)
    {
        if (await reports.Read(Id, request.Week, request.Revision, cancellation) is not { } read)
        {
            return null;
        }

        var tag = StatementTag.Of(
            WeeklyReportJson.Write(read.Report, Id), request.Form, request.Language, options.Value.CabinetAddress,
            read.Report.Unlocks);
        return new(
            tag,
            request.Known.Any(known => known == tag || known == "*")
                ? null
                : await Content(read, request, cancellation));
    }

    private async Task<byte[]> Content(ReadReport read, ShowStatement request, CancellationToken cancellation) =>
        request.Form switch
        {
            StatementForm.Json => StatementJson.WriteShown(read.Report.Statement, Id, read.Report.Corrections),
            StatementForm.Csv => StatementCsv.Write(read.Report.Statement),
            StatementForm.Pdf => await drawings.Draw(() => Draw(read, request), cancellation),
            _ => throw new UnreachableException(),
        };

    private byte[] Draw(ReadReport read, ShowStatement request) => StatementPdf.Draw(
        read.Report, read.Book, Id,
        request.Language == StatementLanguage.English ? StatementWords.English : StatementWords.Russian,
        options.Value.CabinetAddress is { } cabinet
            ? new Uri($"{cabinet.AbsoluteUri.TrimEnd('/')}/weeks/{request.Week}")
            : null);
}
