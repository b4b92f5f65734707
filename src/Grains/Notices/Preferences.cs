using Npgsql;
using Stk.Rules.Notices;
using Stk.Rules.Time;
using Stk.Storage;

namespace Stk.Grains.Notices;

/// <summary>How participants want to be told of things, changed: an address that changes is told of.</summary>
internal sealed class Preferences(PreferenceTable table, SingleCommit commits, IClock clock)
{
    public Task<NoticePreferences> Read(long participant, CancellationToken cancellation) =>
        table.Read(participant, cancellation);

    /// <summary>Stores what was chosen, in place of all that was before.</summary>
    public async Task Write(long participant, NoticePreferences chosen, CancellationToken cancellation)
    {
        var before = await table.Read(participant, cancellation);
        var at = clock.Now.InWholeMicroseconds();
        var told = Changed(before, chosen).Select(channel => Notice.Of(
            NoticeKinds.AddressChanged, participant, new { channel = channel.WireName() },
            Guid.CreateVersion7().ToString())).ToList();
        await commits.Run(
            async attempt =>
            {
                await using var batch = attempt.Begin();
                batch.BatchCommands.Add(PreferenceTable.Write(participant, chosen, at));
                if (told.Count > 0)
                {
                    batch.BatchCommands.Add(NoticeTable.Insert(told, at, new Guid?[told.Count]));
                }

                await attempt.Commit(batch, CancellationToken.None);
                return true;
            },
            cancellation);
    }

    private static IEnumerable<NoticeChannel> Changed(NoticePreferences before, NoticePreferences chosen) =>
        NoticeChannels.All.Where(channel => before.AddressOf(channel) != chosen.AddressOf(channel));
}
