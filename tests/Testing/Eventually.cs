using System.Diagnostics;

namespace Stk.Testing;

/// <summary>
/// Waits for what must come true in a running system, without a fixed sleep: asks until the answer fits. Its time-out
/// names what it waited for, the last answer and the last error.
/// </summary>
public static class Eventually
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(250);

    /// <summary>Asks until the answer fits; an exception counts as an answer that does not.</summary>
    /// <param name="what">The claim that is waited for, as it should stand in the failure.</param>
    /// <param name="limit"><see cref="HangLimit.Step"/> where none is given.</param>
    /// <exception cref="TimeoutException">It did not come true in time.</exception>
    public static async Task<T> Get<T>(
        Func<Task<T>> ask, Func<T, bool> until, string what, TimeSpan? limit = null)
    {
        var most = limit ?? HangLimit.Step;
        var elapsed = Stopwatch.StartNew();
        var last = "nothing yet";
        Exception? error = null;
        for (var pause = FirstPause; ; pause = Longer(pause))
        {
            try
            {
                // One call that hangs must not outlast the limit either.
                var answer = await ask().WaitAsync(Remaining(most, elapsed));
                if (until(answer))
                {
                    return answer;
                }

                last = $"{answer}";
                error = null;
            }
            catch (Exception exception)
            {
                last = exception.Message;
                error = exception;
            }

            if (elapsed.Elapsed >= most)
            {
                throw new TimeoutException(
                    $"Waited {most.TotalSeconds:0.#} s for: {what}. The last answer: {last}", error);
            }

            await Task.Delay(pause);
        }
    }

    /// <summary>Asks until the answer is yes.</summary>
    /// <inheritdoc cref="Get{T}(Func{Task{T}}, Func{T, bool}, string, TimeSpan?)"/>
    public static Task True(Func<Task<bool>> ask, string what, TimeSpan? limit = null) =>
        Get(ask, answer => answer, what, limit);

    /// <summary>Asks until the answer is yes.</summary>
    /// <inheritdoc cref="Get{T}(Func{Task{T}}, Func{T, bool}, string, TimeSpan?)"/>
    public static Task True(Func<bool> ask, string what, TimeSpan? limit = null) =>
        Get(() => Task.FromResult(ask()), answer => answer, what, limit);

    private static TimeSpan Remaining(TimeSpan limit, Stopwatch elapsed)
    {
        var remaining = limit - elapsed.Elapsed;
        return remaining > FirstPause ? remaining : FirstPause;
    }

    private static TimeSpan Longer(TimeSpan pause) => pause * 2 < LongestPause ? pause * 2 : LongestPause;
}
