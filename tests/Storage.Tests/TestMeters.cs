using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Stk.Storage.Tests;

/// <summary>Meters of one test, gone with it.</summary>
internal sealed class TestMeters : IMeterFactory
{
    private readonly ConcurrentBag<Meter> _meters = [];

    public Meter Create(MeterOptions options)
    {
        var meter = new Meter(options);
        _meters.Add(meter);
        return meter;
    }

    /// <summary>Whether it is one of ours: a listener hears the meters of all tests.</summary>
    public bool Has(Meter meter) => _meters.Contains(meter);

    public void Dispose()
    {
        foreach (var meter in _meters)
        {
            meter.Dispose();
        }
    }
}
