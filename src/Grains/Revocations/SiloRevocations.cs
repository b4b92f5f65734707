using System.Collections.Immutable;
using Npgsql;
using Stk.Rules.Revocations;

namespace Stk.Grains.Revocations;

/// <summary>
/// Revocations as this silo knows them: read before it is a member, and again whenever the journal is followed.
/// </summary>
internal sealed class SiloRevocations(RevocationTable table) : IRevokedTokens
{
    private readonly Lock _gate = new();
    private Known? _known;

    private Known Current => Volatile.Read(ref _known)
        ?? throw new InvalidOperationException("the revocations have not been read yet");

    private int Heard => Volatile.Read(ref _known)?.InOrder.Count ?? 0;

    public bool IsRevoked(TokenIdentity token) => Current.Tokens.IsRevoked(token);

    /// <summary>Those after a number, in their order.</summary>
    public ImmutableArray<Revocation> After(int number)
    {
        // Numbers have no gap: the first stands at 0.
        var all = Current.InOrder;
        return number >= all.Count ? [] : [.. all.GetRange(number, all.Count - number)];
    }

    public async Task Refresh(CancellationToken cancellation) => Keep(await table.ReadAfter(Heard, cancellation));

    /// <summary>The command of <see cref="Refresh"/>, whose rows <see cref="Take"/> keeps.</summary>
    public NpgsqlBatchCommand Reading() => RevocationTable.After(Heard);

    public async Task Take(NpgsqlDataReader row, CancellationToken cancellation) =>
        Keep(await RevocationTable.Read(row, cancellation));

    // Two reads may end in the other order: what is known stays known.
    private void Keep(ImmutableArray<Revocation> read)
    {
        lock (_gate)
        {
            if (_known is not null && read.IsEmpty)
            {
                return;
            }

            var before = _known ?? new(RevokedTokens.None, []);
            var later = read.Where(revocation => revocation.Number > before.InOrder.Count).ToImmutableArray();
            Volatile.Write(ref _known, new(before.Tokens.With(later), before.InOrder.AddRange(later)));
        }
    }

    private sealed record Known(RevokedTokens Tokens, ImmutableList<Revocation> InOrder);
}
