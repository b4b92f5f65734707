using Microsoft.Extensions.Options;
using Stk.GrainInterfaces.Faults;

namespace Stk.Grains.Statements;

/// <summary>
/// Lets a few documents be drawn at once on this silo, and some wait: drawing takes a processor for milliseconds, and a
/// hundred at once would be a second in which nothing else is answered.
/// </summary>
internal sealed class Drawings(IOptions<StatementOptions> options) : IDisposable
{
    private readonly SemaphoreSlim _free = new(AtOnce(options.Value));
    private readonly int _most = AtOnce(options.Value) + options.Value.WaitingMax;
    private int _asked;

    /// <exception cref="ClusterBusyException">Too many wait. Nothing was drawn.</exception>
    public async Task<byte[]> Draw(Func<byte[]> draw, CancellationToken cancellation)
    {
        try
        {
            if (Interlocked.Increment(ref _asked) > _most)
            {
                throw new ClusterBusyException($"{_most} statements are being drawn or wait for it: ask again later");
            }

            await _free.WaitAsync(cancellation);
            try
            {
                return draw();
            }
            finally
            {
                _free.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _asked);
        }
    }

    public void Dispose() => _free.Dispose();

    private static int AtOnce(StatementOptions options) =>
        options.DrawingsMax > 0 ? options.DrawingsMax : Math.Max(1, Environment.ProcessorCount / 2);
}
