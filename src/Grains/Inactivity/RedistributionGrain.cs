using Microsoft.Extensions.Logging;
using Stk.GrainInterfaces.Inactivity;
using Stk.Rules.Inactivity;
using Stk.Rules.Quarters;

namespace Stk.Grains.Inactivity;

/// <inheritdoc cref="IRedistributionGrain"/>
/// <remarks>
/// The work goes on between calls, in this activation's turns, and there is one at a time. A second activation does no harm:
/// each piece is stored before it is posted, and posted once by its id.
/// </remarks>
internal sealed class RedistributionGrain(
    QuarterWorks works, QuarterRunTable runs, QuarterReports reports, ILogger<RedistributionGrain> log)
    : Grain, IRedistributionGrain
{
    /// <summary>How long a caller is kept who asked to drive: most work is done by then.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    private QuarterId _quarter;
    private Task _work = Task.CompletedTask;
    private string? _waitsFor;
    private string? _fault;

    public override Task OnActivateAsync(CancellationToken cancellationToken) =>
        QuarterId.TryParse(this.GetPrimaryKeyString(), out _quarter)
            ? Task.CompletedTask
            : throw new ArgumentException($"no quarter has the key '{this.GetPrimaryKeyString()}'");

    public async Task<QuarterStatus> Drive(int days)
    {
        if (_work.IsCompleted)
        {
            if (await runs.Read(_quarter, days, CancellationToken.None) is { DoneAt: not null })
            {
                return new(IsDone: true);
            }

            // Another call may have begun meanwhile.
            if (_work.IsCompleted)
            {
                _work = Work(days);
            }
        }

        await Task.WhenAny(_work, Task.Delay(Patience));
        var run = await runs.Read(_quarter, days, CancellationToken.None);
        return new(run is { DoneAt: not null }, _waitsFor, _work.IsCompleted ? _fault : null);
    }

    public Task<QuarterReport?> GetReport(bool isPreview, CancellationToken cancellation) =>
        reports.Read(_quarter, isPreview, cancellation);

    public Task<byte[]?> ReadCsv(bool isPreview, CancellationToken cancellation) =>
        reports.ReadCsv(_quarter, isPreview, cancellation);

    public Task<byte[]?> ReadRestorations(CancellationToken cancellation) =>
        reports.ReadRestorations(_quarter, cancellation);

    // Never throws: what went wrong is said in the status, and the next drive tries again.
    private async Task Work(int days)
    {
        (_waitsFor, _fault) = (null, null);
        try
        {
            if (days > 0)
            {
                await works.Warn(_quarter, days);
            }
            else if (!await works.Run(_quarter))
            {
                _waitsFor = $"{InactivityTimetable.WeekBefore(_quarter)} must be settled first";
            }
        }
        catch (Exception exception)
        {
            _fault = $"{exception.GetType().Name}; it is tried again";
            Log.QuarterFailed(log, exception, _quarter, days);
        }
    }
}
