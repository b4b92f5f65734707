using Stk.GrainInterfaces.Spending;
using Stk.Grains.Registry;

namespace Stk.Grains.Transfers;

/// <summary>Whom a transfer would reach. One an activation: so many an hour for one who asks.</summary>
internal sealed class RecipientLookups(Counterparties counterparties, TimeProvider time)
{
    private readonly HourlyLooks _looks = new(time);

    /// <param name="own">The asker's own id.</param>
    /// <param name="number">The asker's; null where nobody has heard of the asker.</param>
    public async Task<RecipientReply> Find(string own, long? number, string id, CancellationToken cancellation)
    {
        if (_looks.Take() is { } wait)
        {
            return new(id, id, CanReceive: false, Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)));
        }

        // Looked up whoever it is: one way for all takes one time.
        var found = await counterparties.Find(id, cancellation);
        // Sources send no names yet: a person is called by the id.
        return new(id, id, found is { } receiver && receiver != number && id != own);
    }
}
