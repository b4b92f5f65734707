using Stk.GrainInterfaces.Callers;
using Stk.Rules.Runs;

namespace Stk.GrainInterfaces.Weeks;

/// <summary>One week's run over 64 shards, resumable at any point. Key: the week id, <c>2025-W51</c>.</summary>
[Alias("stk.week")]
public interface IWeekGrain : IGrainWithStringKey
{
    /// <summary>Where the run stands.</summary>
    [Alias("status"), AlwaysInterleave, MayCall(CallerRoles.Office)]
    Task<WeekStatus> GetStatus();

    /// <summary>
    /// Starts, or goes on with, the run up to a stage, and answers soon where it stands: no caller waits for a stage.
    /// </summary>
    [Alias("drive"), AlwaysInterleave]
    Task<WeekStatus> Drive(WeekStage through);

    /// <summary>
    /// Runs all that remains at once, whatever the hour. With a reason not to wait for what is missing it waits for a second
    /// person first.
    /// </summary>
    [Alias("close"), AlwaysInterleave, MayCall(CallerRoles.Operator)]
    Task<CloseReply> Close(CloseRequest request);

    /// <summary>
    /// Runs all that remains, where two persons have let the week go on; else changes nothing. Harmless twice.
    /// </summary>
    [Alias("go-on"), AlwaysInterleave]
    Task<WeekStatus> GoOn();

    /// <summary>
    /// A part of the CSV export, ordered by participant id (code points): the header alone before there are statements.
    /// Null where the week is not sealed.
    /// </summary>
    /// <param name="cursor">As the part before gave it; null for the first.</param>
    [Alias("export"), AlwaysInterleave, MayCall(CallerRoles.Office)]
    Task<ExportPage?> ReadExport(string? cursor, CancellationToken cancellation);
}
