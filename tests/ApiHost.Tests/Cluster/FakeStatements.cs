using System.Collections.Concurrent;
using System.Text;
using Stk.GrainInterfaces.Statements;
using Stk.Rules.Weeks;

namespace Stk.ApiHost.Tests.Cluster;

/// <summary>Has a statement of one week, of which each form says what it is. Its tag is its form's name.</summary>
public sealed class FakeStatements : IStatementsGrain
{
    private static readonly WeekId Week = WeekId.OfNumber(202551);

    public ConcurrentQueue<ShowStatement> Asked { get; } = new();

    /// <summary>Null for one that says no more than its week.</summary>
    public byte[]? Report { get; set; }

    /// <summary>Thrown by the next calls.</summary>
    public ConcurrentQueue<Exception> Faults { get; } = new();

    public Task<byte[]?> GetReport(WeekId week, CancellationToken cancellation) => GetReport(week, null, cancellation);

    public Task<byte[]?> GetReport(WeekId week, int? revision, CancellationToken cancellation) => Task.FromResult(
        week == Week && revision is null or 1
            ? Report ?? Encoding.UTF8.GetBytes("{\"week\":\"2025-W51\",\"revision\":1}")
            : null);

    public Task<byte[]?> GetProof(WeekId week, CancellationToken cancellation) =>
        Task.FromResult(week == Week ? Encoding.UTF8.GetBytes("{\"root\":\"00\",\"signature\":null}") : null);

    public Task<ShownStatement?> Show(ShowStatement request, CancellationToken cancellation)
    {
        Asked.Enqueue(request);
        if (Faults.TryDequeue(out var fault))
        {
            throw fault;
        }

        var tag = request.Form == StatementForm.Pdf ? $"pdf-{request.Language}" : $"{request.Form}";
        return Task.FromResult(request.Week != Week ? null : new ShownStatement(
            tag, request.Known.Any(known => known == tag || known == "*") ? null : Content(request)));
    }

    private static byte[] Content(ShowStatement request) => Encoding.UTF8.GetBytes(request.Form switch
    {
        StatementForm.Json => "{\"week\":\"2025-W51\",\"reward\":\"1584\"}",
        StatementForm.Csv => "type,vests_days\r\n",
        _ => $"%PDF-1.4 {request.Language}",
    });
}
