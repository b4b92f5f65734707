using System.Security.Cryptography;
using Stk.Rules.Merkle;
using Stk.Rules.Time;
using Stk.Rules.Weeks;

namespace Stk.Grains.Weeks;

/// <summary>
/// Makes the root that stands for all statements of a week, as they were first: leaves in the order of the export.
/// </summary>
internal sealed class WeekAnchor(AnchorTable anchors, StatementTable statements, IClock clock)
{
    /// <summary>Where it is made already nothing changes: its salts are in people's hands.</summary>
    /// <returns>The root.</returns>
    public async Task<byte[]> Make(WeekId week, CancellationToken cancellation)
    {
        if (await anchors.FindRoot(week, cancellation) is { } made)
        {
            return made;
        }

        var key = RandomNumberGenerator.GetBytes(LeafSalt.KeyLength);
        var leaves = new List<AnchorLeaf>();
        await foreach (var (id, participant, document) in statements.ReadAll(week, cancellation))
        {
            leaves.Add(new(participant, WeekLeaf.Of(key, participant, id, document)));
        }

        await anchors.Add(week, key, leaves, clock.Now, cancellation);
        return await anchors.FindRoot(week, cancellation)
            ?? throw new InvalidOperationException($"the root of {week} was made, and is not there");
    }
}
