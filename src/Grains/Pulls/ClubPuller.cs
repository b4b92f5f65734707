using Stk.Grains.Sources;
using Stk.Rules.Pulls;
using Stk.Rules.Sources;
using Stk.Sources.Discourse;

namespace Stk.Grains.Pulls;

/// <summary>
/// Reads a club: its posts backwards from the newest, what of the mirror's is not among them, and what people like.
/// </summary>
internal sealed class ClubPuller(ClubIntake intake, ClubQuestionTable questions, ClubPeopleTable people) : IPuller
{
    public SourceKind Kind => SourceKind.Discourse;

    public async Task<PullFound> Read(
        PullLease held, PullTalk talk, PullWindow window, CancellationToken cancellation)
    {
        var walk = new ClubWalk(held, talk, window, intake, people, cancellation);
        // What webhooks have left open is a thing of now: whoever looks back leaves it.
        var open = window.Counts ? [] : await questions.Read(held.SourceId, cancellation);
        foreach (var question in open.Select(one => one.Question).OfType<ClubQuestion>())
        {
            await walk.Answer(question);
        }

        await walk.ReadPosts();
        await walk.AskForMissing();
        await walk.ReadLikes([.. open.Where(one => one.Question is null).Select(one => one.Id)]);
        await questions.Delete(held.SourceId, open, cancellation);
        var (given, alive) = await people.Given(held.SourceId, window.From, window.To, cancellation);
        return new(SetDigest.Of(walk.Found), given, alive);
    }
}
