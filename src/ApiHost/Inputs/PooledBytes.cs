using System.Buffers;

namespace Stk.ApiHost.Inputs;

/// <summary>Bytes in an array that goes back to the pool.</summary>
internal sealed class PooledBytes(byte[] rented, int length) : IDisposable
{
    private byte[]? _rented = rented;

    public int Length => length;

    public ReadOnlyMemory<byte> Memory => Rented.AsMemory(0, length);

    private byte[] Rented => _rented ?? throw new ObjectDisposedException(nameof(PooledBytes));

    public Stream AsStream() => new MemoryStream(Rented, 0, length, writable: false);

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _rented, null) is { } bytes)
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }
}
