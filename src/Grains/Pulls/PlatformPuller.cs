using System.Globalization;
using Stk.Rules.Pulls;
using Stk.Rules.Sources;
using Stk.Sources.Aisystant;
using Stk.Sources.Reading;

namespace Stk.Grains.Pulls;

/// <summary>Reads the platform's events and levels by the contract that we ask of it.</summary>
internal sealed class PlatformPuller(PullIntake intake, PlatformLevels levels) : IPuller
{
    private const int PageItems = 1_000;

    public SourceKind Kind => SourceKind.Aisystant;

    public async Task<PullFound> Read(
        PullLease held, PullTalk talk, PullWindow window, CancellationToken cancellation)
    {
        if (!window.Counts)
        {
            await levels.Read(held, talk, cancellation);
        }

        var (found, stored) = (new HashSet<Guid>(), new HashSet<Guid>());
        var cursors = new HashSet<string>(StringComparer.Ordinal);
        string? cursor = null;
        for (var page = 0; page < PullTalk.PagesMax; page++)
        {
            var answer = await talk.Ask(Path(window, cursor), null, cancellation);
            var said = PlatformReading.ReadEvents(answer, held.Settings, cursor);
            if (said is not PlatformPage.Events read)
            {
                throw PullTalk.Broken(answer, ((PlatformPage.Unreadable)said).Objection);
            }

            var times = read.Items.OfType<ForeignItem.Wellformed>().Select(item => item.Event.Activity.At).ToList();
            if (times.Exists(at => at < window.From || at >= window.To))
            {
                throw new PullStoppedException(PullReasons.Form("timestamp"));
            }

            found.UnionWith(ForeignUuids.Of(read.Items));
            stored.UnionWith(await intake.Take(
                held, read.Items, place => PlatformReading.Text(answer, place), window.IsBack, cancellation));
            times.ForEach(talk.Saw);
            if (read.Next is null)
            {
                return new(SetDigest.Of(found), stored, found, read.CompleteTo);
            }

            if (!cursors.Add(read.Next))
            {
                break;
            }

            cursor = read.Next;
        }

        throw new PullStoppedException(PullReasons.Endless);
    }

    private static string Path(PullWindow window, string? cursor)
    {
        var path = string.Create(
            CultureInfo.InvariantCulture, $"/events?from={Text(window.From)}&to={Text(window.To)}&limit={PageItems}");
        return cursor is null ? path : $"{path}&cursor={Uri.EscapeDataString(cursor)}";
    }

    private static string Text(DateTimeOffset at) => Uri.EscapeDataString(
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture));
}
