namespace Stk.Signer.Hosting;

/// <summary>A token that is cancelled when its time is over, or the host stops.</summary>
internal sealed class Deadline : IDisposable
{
    private readonly CancellationTokenSource _late;
    private readonly CancellationTokenSource _either;

    public Deadline(TimeProvider time, TimeSpan patience, CancellationToken stopping)
    {
        _late = new(patience, time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(_late.Token, stopping);
    }

    public CancellationToken Token => _either.Token;

    /// <summary>From now.</summary>
    public void SetTo(TimeSpan patience) => _late.CancelAfter(patience);

    public void Dispose()
    {
        _either.Dispose();
        _late.Dispose();
    }
}
