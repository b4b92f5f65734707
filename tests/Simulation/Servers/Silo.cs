namespace Stk.Simulation.Servers;

/// <summary>A process. Once it is dead, nothing in it goes on; what it has sent may still arrive.</summary>
internal sealed class Silo
{
    private readonly TaskCompletionSource _death = new();

    public bool IsDead => _death.Task.IsCompleted;

    public void Kill() => _death.TrySetResult();

    /// <summary>Waits for an answer from this process. False where it dies before.</summary>
    public async Task<bool> Answers(Task answer)
    {
        // Through a task of our own: Task.WhenAny would be woken on another thread by one that completes asynchronously.
        await Task.WhenAny(End(answer), _death.Task);
        return answer.IsCompleted;
    }

    /// <summary>Goes on only in a living process.</summary>
    public Task StillAlive() => IsDead ? new TaskCompletionSource().Task : Task.CompletedTask;

    private static async Task End(Task answer)
    {
        try
        {
            await answer;
        }
        catch (Exception)
        {
            // The caller looks for itself.
        }
    }
}
