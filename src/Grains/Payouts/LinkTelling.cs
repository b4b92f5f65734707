namespace Stk.Grains.Payouts;

/// <summary>
/// Tells the signer of wallets as they are linked, so that its own wait runs beside the participant's and not after it. An
/// activation tells all that are open once; the signer has each for ever.
/// </summary>
internal sealed class LinkTelling(ChainTerms terms, LinkTable links)
{
    // A question of so many proofs is far below the longest frame.
    private const int AtOnce = 50;

    // By the economy's clock. A link that was written before another may be seen after it.
    private static readonly TimeSpan Overlap = TimeSpan.FromHours(1);

    private readonly HashSet<Guid> _told = [];
    private DateTimeOffset _from = DateTimeOffset.UnixEpoch;

    /// <summary>Whatever is not heard is told at the next call.</summary>
    public async Task Tell(CancellationToken cancellation)
    {
        if (terms.Signer is not { } signer)
        {
            return;
        }

        var open = await links.ReadOpen(_from, cancellation);
        foreach (var part in open.Where(link => !_told.Contains(link.Id)).Select(link => link.Id).Chunk(AtOnce))
        {
            if (!await signer.Tell(await links.Read(part, cancellation), cancellation))
            {
                return;
            }

            _told.UnionWith(part);
        }

        if (!open.IsEmpty)
        {
            _from = open[^1].LinkedAt - Overlap;
            _told.IntersectWith(open.Where(link => link.LinkedAt >= _from).Select(link => link.Id));
        }
    }
}
