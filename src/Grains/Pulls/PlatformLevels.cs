using System.Collections.Immutable;
using System.Globalization;
using Stk.Rules.Pulls;
using Stk.Sources.Aisystant;
using Stk.Sources.Reading;

namespace Stk.Grains.Pulls;

/// <summary>
/// Reads the profiles that have changed, for the levels that they say. An event comes first and then what was said: what is
/// read again gives the same event.
/// </summary>
internal sealed class PlatformLevels(PlatformLevelTable table, PullIntake intake)
{
    private const int PageItems = 200;

    public async Task Read(PullLease held, PullTalk talk, CancellationToken cancellation)
    {
        if (!held.Settings.MayLevel)
        {
            return;
        }

        var cursor = await table.Cursor(held.SourceId, cancellation);
        var cursors = new HashSet<string>(StringComparer.Ordinal);
        while (true)
        {
            var answer = await talk.Ask(Path(cursor), null, cancellation);
            var said = PlatformReading.ReadProfiles(answer, cursor);
            if (said is not PlatformPage.Profiles read)
            {
                throw PullTalk.Broken(answer, ((PlatformPage.Unreadable)said).Objection);
            }

            await Take(held, read, cancellation);
            if (read.Next is null)
            {
                return;
            }

            if (!cursors.Add(read.Next))
            {
                throw new PullStoppedException(PullReasons.Endless);
            }

            cursor = read.Next;
        }
    }

    private async Task Take(PullLease held, PlatformPage.Profiles page, CancellationToken cancellation)
    {
        var known = await table.Find(
            held.SourceId, [.. page.Items.Select(profile => profile.Id).Distinct()], cancellation);
        var after = known.ToDictionary(StringComparer.Ordinal);
        var events = ImmutableArray.CreateBuilder<ForeignItem>();
        foreach (var profile in page.Items)
        {
            after[profile.Id] = LevelMirror.After(
                after.GetValueOrDefault(profile.Id), profile, held.Name, held.Settings.Namespace, out var given);
            if (given is not null)
            {
                events.Add(new ForeignItem.Wellformed(given));
            }
        }

        await intake.Take(held, events.ToImmutable(), _ => "", isBack: false, cancellation);
        await table.Put(held.SourceId, after, page.Next, cancellation);
    }

    private static string Path(string? cursor)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"/participants?limit={PageItems}");
        return cursor is null ? path : $"{path}&cursor={Uri.EscapeDataString(cursor)}";
    }
}
