using Npgsql;
using Stk.Storage;

namespace Stk.Simulation.Mistakes;

/// <summary>A store that draws the wrong conclusion from a lost answer.</summary>
/// <param name="isThere">A SELECT, now: whether an item is committed.</param>
/// <param name="resultOf">What a SELECT can answer for one that is.</param>
internal sealed class WrongStore<TItem, TResult>(
    IBatchStore<TItem, TResult> right, Mistake mistake, Func<TItem, bool> isThere, Func<TItem, TResult> resultOf)
    : IBatchStore<TItem, TResult>
    where TItem : notnull
{
    private readonly HashSet<TItem> _toldAbsent = [];

    public async Task<BatchTry<TResult>> Try(IReadOnlyList<TItem> batch, int number, int cutOffs)
    {
        if (batch.All(_toldAbsent.Contains))
        {
            _toldAbsent.ExceptWith(batch);
            return Failed(new StorageUnavailableException("the SELECT found nothing"), CommitFailure.Lasting);
        }

        _toldAbsent.ExceptWith(batch);
        var tried = await right.Try(batch, number, cutOffs);
        if (tried.Failure != CommitFailure.Unknown || tried.Results is not null)
        {
            return tried;
        }

        if (mistake == Mistake.FatalTakenForCutOff)
        {
            return tried.Exception is PostgresException ? tried with { Failure = CommitFailure.CutOff } : tried;
        }

        if (mistake == Mistake.UnknownToldAsFailed)
        {
            return tried with { Failure = CommitFailure.Unavailable };
        }

        if (batch.All(isThere))
        {
            return new([.. batch.Select(resultOf)], null, default);
        }

        // In halves, the group commit tries them again: they are answered as they were judged here.
        if (batch.Count > 1)
        {
            _toldAbsent.UnionWith(batch.Where(item => !isThere(item)));
        }

        return Failed(new StorageUnavailableException("the SELECT found nothing"), CommitFailure.Lasting);
    }

    public void Reconnect() => right.Reconnect();

    private static BatchTry<TResult> Failed(Exception exception, CommitFailure failure) => new(null, exception, failure);
}
