using Stk.Rules.Pulls;
using Stk.Rules.Sources;
using Stk.Sources.PostHog;
using Stk.Sources.Reading;

namespace Stk.Grains.Pulls;

/// <summary>Reads PostHog by its query API, ordered by time and uuid and continued by both.</summary>
internal sealed class PostHogPuller(PullIntake intake) : IPuller
{
    public SourceKind Kind => SourceKind.PostHog;

    public async Task<PullFound> Read(
        PullLease held, PullTalk talk, PullWindow window, CancellationToken cancellation)
    {
        var settings = held.Settings;
        var names = PostHogNames.Of(settings);
        var (found, stored) = (new HashSet<Guid>(), new HashSet<Guid>());
        if (names is { Count: 0 })
        {
            return new(SetDigest.Of(found), stored, found);
        }

        PostHogPlace? after = null;
        for (var page = 0; page < PullTalk.PagesMax; page++)
        {
            var answer = await talk.Ask(
                $"/api/projects/{settings.Project}/query/", PostHogQuery.Write(window.From, window.To, names ?? [], after),
                cancellation);
            var said = PostHogQuery.Read(answer, settings, after);
            if (said is not PostHogPage.Read read)
            {
                throw PullTalk.Broken(answer, ((PostHogPage.Unreadable)said).Objection);
            }

            if (read.Last is { } last && last.At >= window.To)
            {
                throw new PullStoppedException(PullReasons.Form("timestamp"));
            }

            found.UnionWith(ForeignUuids.Of(read.Items));
            stored.UnionWith(await intake.Take(
                held, read.Items, place => PostHogQuery.Text(answer, place), window.IsBack, cancellation));
            if (read.Last is { } seen)
            {
                talk.Saw(seen.At);
            }

            if (!read.HasMore)
            {
                return new(SetDigest.Of(found), stored, found);
            }

            after = read.Last;
        }

        throw new PullStoppedException(PullReasons.Endless);
    }
}
