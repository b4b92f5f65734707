using System.Collections.Immutable;
using Stk.GrainInterfaces.Participants;
using Stk.GrainInterfaces.Sources;
using Stk.Rules.Activity;
using Stk.Rules.Time;
using Stk.Sources.Discourse;

namespace Stk.Grains.Sources;

/// <summary>
/// Takes in what is seen of a club. The mirror's rows and the events that they mean are one commit; then the events are
/// handed to their participants, who may live on other silos, and whoever finds some that were not hands them on. Their
/// uuids are made of what they are of: handed on twice they are one event.
/// </summary>
internal sealed class ClubIntake(
    ClubTable table, ClubQuestionTable questions, GivenEventTable given, QuarantineTable quarantine, ForeignIntake intake,
    IClock clock)
{
    /// <summary>
    /// Answers the events that the sight gives, and those of the same posts that were not handed on before.
    /// </summary>
    public async Task<ImmutableArray<WebhookAnswer>> Take(
        ClubSource club, ClubSight sight, Sighting seen, CancellationToken cancellation)
    {
        var taken = await table.Take(club, sight, seen, cancellation);
        // Whose a name is, the club says with the post that has it.
        await questions.Add(
            club.Id,
            [
                .. taken.Questions.SelectMany(question => question is ClubQuestion.User
                    ? taken.Posts.Select(post => new ClubQuestion.Post(post)) : (IEnumerable<ClubQuestion>)[question]),
            ],
            cancellation);
        var waiting = await given.ReadOfPosts(club.Id, taken.Posts, cancellation);
        return await HandOn(club.Name, waiting, RecordWay.Mirror, cancellation);
    }

    /// <summary>Takes in what the club has said.</summary>
    /// <returns>What it is to be asked besides.</returns>
    public async Task<ImmutableArray<ClubQuestion>> Learn(
        ClubSource club, ClubSight sight, DateTimeOffset askedAt, CancellationToken cancellation)
    {
        var taken = await table.Take(club, sight, Sighting.Told(askedAt), cancellation);
        if (taken.Events > 0)
        {
            var waiting = await given.ReadOfPosts(club.Id, taken.Posts, cancellation);
            await HandOn(club.Name, waiting, RecordWay.Pull, cancellation);
        }

        return taken.Questions;
    }

    /// <summary>Hands on what a silo that has ended since, or a participant's that did not answer, has left.</summary>
    /// <returns>How many.</returns>
    public async Task<int> HandOnWaiting(CancellationToken cancellation)
    {
        var waiting = await given.ReadWaiting(cancellation);
        foreach (var ofSource in waiting.GroupBy(one => one.Source, StringComparer.Ordinal))
        {
            await HandOn(ofSource.Key, [.. ofSource], RecordWay.Mirror, cancellation);
        }

        return waiting.Count;
    }

    private async Task<ImmutableArray<WebhookAnswer>> HandOn(
        string source, IReadOnlyList<GivenEvent> events, RecordWay way, CancellationToken cancellation)
    {
        if (events.Count == 0)
        {
            return [];
        }

        var answers = await intake.Record(
            source, [.. events.Select(one => one.Activity)], way, null, cancellation);
        // What is rejected stays: its mirror says that it stands, and an operator may let it in yet.
        var (rejected, done) = (new List<(GivenEvent Event, string Field)>(), new List<GivenEvent>());
        foreach (var (one, answer) in events.Zip(answers))
        {
            if (answer.Outcome is EventOutcome.Rejected or EventOutcome.Held)
            {
                rejected.Add((one, answer.Field ?? "timestamp"));
            }
            else
            {
                done.Add(one);
            }
        }

        var now = clock.Now;
        await quarantine.Add(
            [
                .. events.Zip(answers).Where(one => one.Second.Outcome == EventOutcome.Rejected).Select(one =>
                    QuarantineRow.Rejected(
                        one.First.SourceId, one.First.Activity.Uuid, QuarantineForm.Named,
                        new(one.Second.Field ?? "$", one.Second.Rule ?? ""), EventPayload.Of(one.First.Activity), now)),
            ],
            cancellation);
        await given.Settle(done, rejected, cancellation);
        return
        [
            .. events.Zip(answers, (one, answer) =>
                new WebhookAnswer(one.Activity.Uuid, one.Activity.Type, answer.Outcome, answer.Field, answer.Rule)),
        ];
    }
}

/// <param name="Id">The source's number.</param>
/// <param name="Name">The source's: uuids are made of it.</param>
/// <param name="Namespace">Whose ids the club's are.</param>
internal sealed record ClubSource(int Id, string Name, string Namespace);
