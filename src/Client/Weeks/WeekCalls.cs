using Stk.Client.Approvals;
using Stk.Client.Connections;
using Stk.Rules.Money;
using Stk.Rules.Weeks;

namespace Stk.Client.Weeks;

/// <summary>Weekly runs.</summary>
public sealed class WeekCalls
{
    private readonly ApiConnection _connection;

    internal WeekCalls(ApiConnection connection) => _connection = connection;

    public Task<Week> Get(WeekId week, CancellationToken cancellation = default) =>
        _connection.Get<Week>($"admin/weeks/{week}", cancellation);

    /// <summary>Runs at once all that remains of a week.</summary>
    public Task<Week> Close(WeekId week, string? key = null, CancellationToken cancellation = default) =>
        _connection.Write<Week>(HttpMethod.Post, $"admin/weeks/{week}/close", null, key, cancellation);

    /// <summary>
    /// Asks that a week goes on although a required source is not complete, or it is beyond its bounds: it waits for a
    /// second operator.
    /// </summary>
    public Task<Approval> Override(
        WeekId week, string reason, string? key = null, CancellationToken cancellation = default) =>
        _connection.Write<Approval>(HttpMethod.Post, $"admin/weeks/{week}/close", new { reason }, key, cancellation);

    /// <summary>
    /// Corrects what a closed week gave a participant; above what one signature may give it waits for another operator.
    /// </summary>
    /// <param name="amount">Signed: below zero it goes back to the rewards fund.</param>
    public Task<CorrectionAnswer> Correct(
        WeekId week, string participant, Amount amount, string reason, string? key = null,
        CancellationToken cancellation = default) =>
        _connection.Write<CorrectionAnswer>(
            HttpMethod.Post, $"admin/weeks/{week}/corrections", new { participant, amount, reason }, key, cancellation);

    /// <summary>Copies the week's rewards as CSV.</summary>
    /// <exception cref="HttpIOException">The answer ended early.</exception>
    public async Task Export(WeekId week, Stream to, CancellationToken cancellation = default)
    {
        using var response = await _connection.Open($"admin/weeks/{week}/export.csv", "text/csv", null, cancellation);
        await response.Content.CopyToAsync(to, cancellation);
    }
}
