using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Stk.Grains.Balances;
using Stk.Grains.Economy;
using Stk.Ledger;

namespace Stk.Grains.JournalFollowing;

/// <summary>Follows the journal by its gapless sequence and tells the participants active on this silo.</summary>
internal sealed class JournalFollower(
    ILedger ledger, ActiveBalances balances, EconomyCache economy, SiloRows rows, JournalHints hints, TimeProvider time,
    ILogger<JournalFollower> log)
    : BackgroundService
{
    /// <summary>The poll, which is the guarantee: hints may be lost with their connection.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// The poll while hints are heard. Four polls a second, of three statements each, were most of what an idle silo did.
    /// </summary>
    private static readonly TimeSpan PauseWithHints = TimeSpan.FromSeconds(1);

    /// <summary>Between two readings, however many hints come: a busy ledger commits hundreds of times a second.</summary>
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(20);

    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);

    // A busy database answers late; one that hangs does not answer at all.
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(10);
    private const int CommitsMax = 200;

    private readonly SemaphoreSlim _hint = new(0, 1);
    private readonly Lock _gate = new();
    private readonly List<Waiting> _waiting = [];
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _sequence;
    private long _looks;
    private long _followedAt = time.GetTimestamp();
    private volatile bool _isFailing;

    /// <summary>
    /// Done once every commit from then on is told. Whoever reads the book before it would not hear of what is committed
    /// between, and yet name the commit that this silo has begun from.
    /// </summary>
    public Task Begun => _begun.Task;

    /// <summary>The commit up to which all has been told.</summary>
    public long Sequence => Volatile.Read(ref _sequence);

    /// <summary>The last look at the database failed, or it has not answered for long: nothing can be stored now.</summary>
    public bool IsDatabaseLost =>
        _isFailing || time.GetElapsedTime(Volatile.Read(ref _followedAt)) > LongestSilence;

    /// <summary>
    /// True once the journal has been heard up to a commit; false where a look at the whole of it, begun after the question,
    /// has not found that commit: whoever names it has not had it from this journal.
    /// </summary>
    public Task<bool> Reach(long sequence)
    {
        lock (_gate)
        {
            if (_sequence >= sequence)
            {
                return Task.FromResult(true);
            }

            var waiting = new Waiting(
                sequence, _looks, new(TaskCreationOptions.RunContinuationsAsynchronously));
            _waiting.Add(waiting);
            Hint();
            return waiting.Answer.Task;
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Read(stoppingToken), hints.Listen(Hint, stoppingToken));

    private async Task Read(CancellationToken stoppingToken)
    {
        var refreshed = 0L;
        var isBegun = false;
        // What was committed before this silo began is read by whoever is activated on it.
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!isBegun)
                {
                    Advance((await ledger.GetHead(stoppingToken)).Sequence);
                    isBegun = true;
                    _begun.TrySetResult();
                }

                await Follow(stoppingToken);
                var isAllFresh = refreshed == 0 || time.GetElapsedTime(refreshed) >= Pause;
                if (isAllFresh)
                {
                    await economy.Refresh(stoppingToken);
                    await rows.Refresh(stoppingToken);
                    refreshed = time.GetTimestamp();
                }

                Volatile.Write(ref _followedAt, time.GetTimestamp());
                _isFailing = false;
                await Task.Delay(Breath, time, stoppingToken);
                // A hint may have been of what was not read in this round.
                await _hint.WaitAsync(hints.AreHeard && isAllFresh ? PauseWithHints : Pause, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                _isFailing = true;
                Log.FollowerFailed(log, exception, Sequence);
                await Task.Delay(AfterFailure, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task Follow(CancellationToken cancellation)
    {
        var look = BeginLook();
        while (true)
        {
            var changes = await ledger.ReadChanges(Sequence, CommitsMax, cancellation);
            foreach (var state in changes.Accounts)
            {
                balances.Update(state);
            }

            Advance(changes.UpTo);
            if (changes.IsAll)
            {
                EndLook(look);
                return;
            }
        }
    }

    private void Advance(long sequence)
    {
        lock (_gate)
        {
            Volatile.Write(ref _sequence, Math.Max(sequence, _sequence));
            for (var i = _waiting.Count - 1; i >= 0; i--)
            {
                if (_waiting[i].Sequence <= _sequence)
                {
                    _waiting[i].Answer.SetResult(true);
                    _waiting.RemoveAt(i);
                }
            }
        }
    }

    private long BeginLook()
    {
        lock (_gate)
        {
            return ++_looks;
        }
    }

    // Who asked while it was under way may name what was committed after its last reading: the next look tells.
    private void EndLook(long look)
    {
        lock (_gate)
        {
            for (var i = _waiting.Count - 1; i >= 0; i--)
            {
                if (_waiting[i].LooksBefore < look)
                {
                    _waiting[i].Answer.SetResult(false);
                    _waiting.RemoveAt(i);
                }
            }
        }
    }

    public override void Dispose()
    {
        _hint.Dispose();
        base.Dispose();
    }

    private void Hint()
    {
        lock (_gate)
        {
            if (_hint.CurrentCount == 0)
            {
                _hint.Release();
            }
        }
    }

    /// <param name="LooksBefore">Looks at the journal that had been begun when the question came.</param>
    private readonly record struct Waiting(long Sequence, long LooksBefore, TaskCompletionSource<bool> Answer);
}
