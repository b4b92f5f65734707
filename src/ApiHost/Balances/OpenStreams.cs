using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Options;

namespace Stk.ApiHost.Balances;

/// <summary>How many streams each subject has open on this host.</summary>
internal sealed class OpenStreams
{
    private readonly ConcurrentDictionary<string, int> _bySubject = new(StringComparer.Ordinal);
    private readonly UpDownCounter<int> _open;
    private readonly int _most;

    public OpenStreams(IOptions<StreamOptions> options, IMeterFactory meters)
    {
        _most = options.Value.PerSubject;
        _open = meters.Create("stk.api").CreateUpDownCounter<int>(
            "balance.streams", unit: "{stream}", description: "Streams of balances that are open");
        _open.Add(0);
    }

    /// <summary>One more for a subject, until it is disposed; null where it has as many as it may.</summary>
    public IDisposable? TryOpen(string subject)
    {
        var count = _bySubject.AddOrUpdate(subject, 1, (_, open) => open + 1);
        if (count > _most)
        {
            Close(subject);
            return null;
        }

        _open.Add(1);
        return new Place(this, subject);
    }

    private void Close(string subject)
    {
        var left = _bySubject.AddOrUpdate(subject, 0, (_, open) => open - 1);
        if (left <= 0)
        {
            // Only if it is still zero: one who has just opened keeps its count.
            _bySubject.TryRemove(new(subject, left));
        }
    }

    private sealed class Place(OpenStreams streams, string subject) : IDisposable
    {
        private int _isClosed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isClosed, 1) == 0)
            {
                streams._open.Add(-1);
                streams.Close(subject);
            }
        }
    }
}
