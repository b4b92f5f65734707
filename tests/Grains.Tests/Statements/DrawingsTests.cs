using Microsoft.Extensions.Options;
using Stk.GrainInterfaces.Faults;
using Stk.Grains.Statements;
using Xunit;

namespace Stk.Grains.Tests.Statements;

public sealed class DrawingsTests
{
    [Fact]
    public async Task As_many_as_are_allowed_draw_some_wait_and_the_rest_hear_busy_until_one_is_done()
    {
        using var drawings = new Drawings(Options.Create(new StatementOptions { DrawingsMax = 1, WaitingMax = 2 }));
        using var hand = new ManualResetEventSlim();
        using var begun = new SemaphoreSlim(0);
        var first = Task.Run(() => drawings.Draw(
            () =>
            {
                begun.Release();
                hand.Wait();
                return [1];
            },
            CancellationToken.None));
        await begun.WaitAsync();
        var second = drawings.Draw(() => [2], CancellationToken.None);
        var third = drawings.Draw(() => [3], CancellationToken.None);

        await Assert.ThrowsAsync<ClusterBusyException>(() => drawings.Draw(() => [4], CancellationToken.None));
        await Assert.ThrowsAsync<ClusterBusyException>(() => drawings.Draw(() => [5], CancellationToken.None));
        Assert.False(second.IsCompleted || third.IsCompleted);
        hand.Set();

        Assert.Equal([[1], [2], [3]], await Task.WhenAll(first, second, third));
        Assert.Equal([6], await drawings.Draw(() => [6], CancellationToken.None));
    }

    [Fact]
    public async Task One_that_gives_up_or_fails_leaves_its_place()
    {
        using var drawings = new Drawings(Options.Create(new StatementOptions { DrawingsMax = 1, WaitingMax = 0 }));

        await Assert.ThrowsAsync<InvalidOperationException>(
            () => drawings.Draw(() => throw new InvalidOperationException("no ink"), CancellationToken.None));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => drawings.Draw(() => [1], new CancellationToken(canceled: true)));

        Assert.Equal([2], await drawings.Draw(() => [2], CancellationToken.None));
    }
}
