using System.Collections.Immutable;
using Npgsql;

namespace Stk.Grains.Suspensions;

/// <summary>
/// Who is suspended, as this silo knows it: read again whenever the journal is followed. It tells people why; that nothing
/// leaves is the commit's own look.
/// </summary>
internal sealed class SiloSuspensions(SuspensionTable table)
{
    private readonly Lock _gate = new();
    private Known _known = new(0, []);

    public bool IsSuspended(long participant) => Volatile.Read(ref _known).Participants.Contains(participant);

    public async Task Refresh(CancellationToken cancellation) =>
        Keep(await table.ReadAfter(Volatile.Read(ref _known).Number, cancellation));

    /// <summary>The command of <see cref="Refresh"/>, whose rows <see cref="Take"/> keeps.</summary>
    public NpgsqlBatchCommand Reading() => SuspensionTable.After(Volatile.Read(ref _known).Number);

    public async Task Take(NpgsqlDataReader row, CancellationToken cancellation) =>
        Keep(await SuspensionTable.Read(row, cancellation));

    // Two reads may end in the other order: what is known stays known.
    private void Keep(ImmutableArray<SuspensionRow> read)
    {
        if (read.IsEmpty)
        {
            return;
        }

        lock (_gate)
        {
            var (number, participants) = (_known.Number, _known.Participants.ToBuilder());
            foreach (var row in read.Where(row => row.Number > number))
            {
                if (row.IsSuspended)
                {
                    participants.Add(row.Participant);
                }
                else
                {
                    participants.Remove(row.Participant);
                }
            }

            Volatile.Write(ref _known, new(Math.Max(number, read[^1].Number), participants.ToImmutable()));
        }
    }

    private sealed record Known(int Number, ImmutableHashSet<long> Participants);
}
