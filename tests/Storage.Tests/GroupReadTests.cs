using System.Collections.Concurrent;
using Stk.Testing;
using Xunit;

namespace Stk.Storage.Tests;

public sealed class GroupReadTests : IDisposable
{
    private static readonly GroupReadSettings Settings = new(
        "keys", KeysMax: 100, ReadsMax: 1, WaitingMax: 10, WaitMax: TimeSpan.FromSeconds(60));

    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<int[]> _batches = new();
    private readonly StandingTime _time = new();
    private readonly TestMeters _meters = new();

    public void Dispose() => _meters.Dispose();

    [Fact]
    public async Task What_waits_behind_a_busy_reader_is_read_together()
    {
        var reads = Reads(Settings);
        var first = reads.Get(1, default);
        await Started(1);
        Task<string?>[] rest = [reads.Get(2, default), reads.Get(3, default), reads.Get(2, default)];
        _open.SetResult();

        Assert.Equal("2 3 2", string.Join(' ', await Task.WhenAll(rest)));
        Assert.Equal("1", await first);
        Assert.Equal([[1], [2, 3]], _batches);
    }

    [Fact]
    public async Task Past_the_bound_it_is_busy_and_who_was_let_in_is_answered()
    {
        var reads = Reads(Settings with { WaitingMax = 2 });
        var first = reads.Get(1, default);
        await Started(1);
        Task<string?>[] waiting = [reads.Get(2, default), reads.Get(3, default)];

        await Assert.ThrowsAsync<BusyException>(() => reads.Get(4, default));

        Assert.Equal(2, reads.WaitingCount);
        _open.SetResult();
        await Task.WhenAll([first, .. waiting]);
        Assert.Equal([[1], [2, 3]], _batches);
        Assert.Equal(0, reads.WaitingCount);
    }

    [Fact]
    public async Task A_caller_who_goes_while_waiting_is_answered_at_once_and_never_read_for()
    {
        var reads = Reads(Settings);
        using var gone = new CancellationTokenSource();
        var first = reads.Get(1, default);
        await Started(1);
        var waiting = reads.Get(2, gone.Token);

        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        var last = reads.Get(3, default);
        _open.SetResult();
        await Task.WhenAll(first, last);
        Assert.Equal([[1], [3]], _batches);
    }

    [Fact]
    public async Task A_caller_who_has_waited_too_long_is_refused_before_the_read()
    {
        var reads = Reads(Settings with { WaitMax = TimeSpan.FromSeconds(8) });
        var first = reads.Get(1, default);
        await Started(1);
        var old = reads.Get(2, default);
        _time.Pass(TimeSpan.FromSeconds(9));
        var young = reads.Get(3, default);
        _open.SetResult();

        await Assert.ThrowsAsync<BusyException>(() => old);
        await Task.WhenAll(first, young);
        Assert.Equal([[1], [3]], _batches);
    }

    [Fact]
    public async Task A_read_that_fails_is_told_to_all_of_it_and_the_next_one_goes_on()
    {
        var reads = new GroupRead<int, string>(
            Settings,
            (keys, _) => keys.Contains(13)
                ? throw new InvalidOperationException("thirteen")
                : Task.FromResult<IReadOnlyDictionary<int, string>>(keys.ToDictionary(key => key, key => $"{key}")),
            _meters, _time);

        await Assert.ThrowsAsync<InvalidOperationException>(() => reads.Get(13, default));

        Assert.Equal("14", await reads.Get(14, default));
    }

    private GroupRead<int, string> Reads(GroupReadSettings settings) => new(settings, ReadWhenOpen, _meters, _time);

    private async Task<IReadOnlyDictionary<int, string>> ReadWhenOpen(
        IReadOnlyCollection<int> keys, CancellationToken cancellation)
    {
        _batches.Enqueue([.. keys]);
        await _open.Task;
        return keys.ToDictionary(key => key, key => $"{key}");
    }

    private async Task Started(int batches) => await Eventually.Get(
        () => Task.FromResult(_batches.Count), until: count => count == batches, "the reader has its batch");

    private sealed class StandingTime : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Pass(TimeSpan time) => Interlocked.Add(ref _ticks, time.Ticks);

        public override long GetTimestamp() => Interlocked.Read(ref _ticks);
    }
}
