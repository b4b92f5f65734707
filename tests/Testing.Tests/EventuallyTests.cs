using Xunit;

namespace Stk.Testing.Tests;

public sealed class EventuallyTests
{
    [Fact]
    public async Task Eventually_asks_until_the_answer_fits()
    {
        var asked = 0;
        Assert.Equal(3, await Eventually.Get(() => Task.FromResult(++asked), answer => answer == 3, "three"));
        Assert.Equal(3, asked);
    }

    [Fact]
    public async Task An_error_is_an_answer_that_does_not_fit()
    {
        var asked = 0;
        Func<Task<int>> ask = () => ++asked < 2 ? throw new InvalidOperationException("not yet") : Task.FromResult(asked);
        Assert.Equal(2, await Eventually.Get(ask, _ => true, "an answer"));
    }

    [Fact]
    public async Task A_time_out_names_what_it_waited_for_and_the_last_answer()
    {
        var failure = await Assert.ThrowsAsync<TimeoutException>(() => Eventually.Get(
            () => Task.FromResult("no silo"), _ => false, "the second silo is there", TimeSpan.FromMilliseconds(20)));
        Assert.Contains("the second silo is there", failure.Message, StringComparison.Ordinal);
        Assert.Contains("no silo", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_that_never_answers_does_not_outlast_the_limit()
    {
        var never = new TaskCompletionSource<int>();
        await Assert.ThrowsAsync<TimeoutException>(() => Eventually.Get(
            () => never.Task, _ => true, "an answer", TimeSpan.FromMilliseconds(20)));
    }
}
