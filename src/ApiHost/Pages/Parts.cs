using Stk.ApiHost.Cluster;
using Stk.GrainInterfaces.Callers;

namespace Stk.ApiHost.Pages;

/// <summary>
/// Reads a part of a page with little patience: a page with a part missing is worth more than none. A session that has ended
/// is the whole page's affair.
/// </summary>
internal sealed class Parts(GrainCalls calls, TimeProvider time, ILogger<Parts> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(1_500);

    /// <summary>Null where it could not be read in time.</summary>
    public async Task<T?> Read<T>(Func<GrainReferences, CancellationToken, Task<T>> ask, CancellationToken aborted)
        where T : class
    {
        using var late = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, aborted);
        try
        {
            return await calls.Read(ask, either.Token);
        }
        catch (Exception exception) when (exception is not CallRefusedException && !aborted.IsCancellationRequested)
        {
            Log.PartMissing(logger, exception.GetType().Name);
            return null;
        }
    }
}
