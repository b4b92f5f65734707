using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Stk.Hosting.Tokens;

/// <summary>
/// Tokens whose signature has been checked, by the SHA-256 of the whole token: an altered one is another token. Each is
/// believed no longer than its own times say. Bounded, and of one set of keys: a new key needs a restart, which forgets.
/// </summary>
/// <typeparam name="T">What was found of a token: only what passed every check is kept.</typeparam>
/// <param name="capacity">Most tokens kept. Unit: tokens, at least 2.</param>
public sealed class TokenCache<T>(TimeProvider time, int capacity)
    where T : class
{
    private const int StackBytes = 2_048;

    // Two generations: when the young one is full it becomes the old one, and what nobody asked for since is forgotten.
    private ConcurrentDictionary<Digest, Entry> _young = new();
    private ConcurrentDictionary<Digest, Entry> _old = new();
    private readonly Lock _gate = new();

    public int Count => _young.Count + _old.Count;

    /// <summary>What was kept for exactly this token, while it is in force.</summary>
    public T? Find(string token)
    {
        var digest = DigestOf(token);
        if (_young.TryGetValue(digest, out var entry))
        {
            return InForce(entry);
        }

        if (!_old.TryGetValue(digest, out entry) || InForce(entry) is not { } result)
        {
            return null;
        }

        Keep(digest, entry);
        return result;
    }

    /// <param name="result">A success.</param>
    /// <param name="from">Believed from then.</param>
    /// <param name="until">Believed until then, that instant included.</param>
    public void Keep(string token, T result, DateTimeOffset from, DateTimeOffset until) =>
        Keep(DigestOf(token), new(result, from, until));

    private void Keep(Digest digest, Entry entry)
    {
        lock (_gate)
        {
            if (_young.Count >= capacity / 2)
            {
                _old = _young;
                _young = new();
            }

            _young[digest] = entry;
        }
    }

    private T? InForce(Entry entry)
    {
        var now = time.GetUtcNow();
        return entry.From <= now && now <= entry.Until ? entry.Result : null;
    }

    private static Digest DigestOf(string token)
    {
        var length = Encoding.UTF8.GetMaxByteCount(token.Length);
        var bytes = length <= StackBytes ? stackalloc byte[length] : new byte[length];
        var digest = default(Digest);
        SHA256.HashData(
            bytes[..Encoding.UTF8.GetBytes(token, bytes)],
            MemoryMarshal.AsBytes(MemoryMarshal.CreateSpan(ref digest, 1)));
        return digest;
    }

    private sealed record Entry(T Result, DateTimeOffset From, DateTimeOffset Until);

    // All 256 bits are compared.
    private readonly record struct Digest(UInt128 High, UInt128 Low);
}
