using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Options;

namespace Stk.ApiHost.Streams;

/// <summary>How many streams of a kind each subject has open on this host.</summary>
internal sealed class OpenStreams
{
    private readonly ConcurrentDictionary<string, int> _bySubject = new(StringComparer.Ordinal);
    private readonly int _most;
    private int _open;

    public OpenStreams(IOptions<StreamOptions> options, IMeterFactory meters)
    {
        _most = options.Value.PerSubject;
        meters.Create("stk.api").CreateObservableGauge(
            "balance.streams", () => Volatile.Read(ref _open), unit: "{stream}",
            description: "Streams of balances and notices that are open");
    }

    /// <summary>One more for a subject, until it is disposed; null where it has as many as it may.</summary>
    public IDisposable? TryOpen(string kind, string subject)
    {
        subject = $"{kind}:{subject}";
        var count = _bySubject.AddOrUpdate(subject, 1, (_, open) => open + 1);
        if (count > _most)
        {
            Close(subject);
            return null;
        }

        Interlocked.Increment(ref _open);
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
                Interlocked.Decrement(ref streams._open);
                streams.Close(subject);
            }
        }
    }
}
