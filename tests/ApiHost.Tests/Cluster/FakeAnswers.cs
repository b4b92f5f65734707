using System.Collections.Concurrent;
using Stk.GrainInterfaces.Requests;

namespace Stk.ApiHost.Tests.Cluster;

/// <summary>One id, one answer: the first copy's, unless the body is another.</summary>
public sealed class FakeAnswers
{
    private readonly ConcurrentDictionary<Guid, (byte[] Fingerprint, object Reply)> _first = new();

    /// <summary>Thrown by the next calls, after what they do is done: a silo that dies before it answers.</summary>
    public ConcurrentQueue<Exception> Deaths { get; } = new();

    public ConcurrentQueue<RequestKey> Keys { get; } = new();

    /// <summary>The same where a key is a choice: without one each is the first.</summary>
    public Task<T> GiveIfKeyed<T>(RequestKey? key, Func<T> first, Func<T, T> replay, Func<T> reused)
        where T : class => key is null ? Task.FromResult(first()) : Give(key, first, replay, reused);

    public async Task<T> Give<T>(RequestKey key, Func<T> first, Func<T, T> replay, Func<T> reused)
        where T : class
    {
        await Task.Yield();
        Keys.Enqueue(key);
        var made = (key.Fingerprint, (object)first());
        var stored = _first.GetOrAdd(key.Id, made);
        if (Deaths.TryDequeue(out var death))
        {
            throw death;
        }

        return !stored.Fingerprint.AsSpan().SequenceEqual(key.Fingerprint) ? reused()
            : ReferenceEquals(stored.Reply, made.Item2) ? (T)stored.Reply
            : replay((T)stored.Reply);
    }
}
