using System.Collections.Immutable;
using System.Diagnostics;
using Orleans.Concurrency;
using Stk.GrainInterfaces.Sources;
using Stk.Rules.Objections;
using Stk.Rules.Sources;
using Stk.Sources.Aisystant;
using Stk.Sources.Discourse;
using Stk.Sources.PostHog;
using Stk.Sources.Reading;
using Stk.Sources.Signatures;

namespace Stk.Grains.Sources;

/// <inheritdoc cref="IWebhookGrain"/>
// On any silo, many at once: it remembers nothing, and what two of them must not both do the tables prevent.
[StatelessWorker, Reentrant]
internal sealed class WebhookGrain(
    SourceDirectory directory, SourceSecretFiles secrets, ForeignTaking taking, ClubIntake club, ClubQuestionTable questions,
    TimeProvider time)
    : Grain, IWebhookGrain
{
    public async Task<WebhookReply> Deliver(WebhookDelivery delivery, CancellationToken cancellation)
    {
        var name = this.GetPrimaryKeyString();
        if (await directory.Find(name, isCaller: false, cancellation) is not { Settings: { } settings } source
            || WebhookProof.HeaderOf(settings.Kind) is not { } header)
        {
            return Of(WebhookVerdict.Unknown);
        }

        if (secrets.Webhook(name) is not { } known)
        {
            return Of(WebhookVerdict.NotConfigured);
        }

        var now = time.GetUtcNow();
        var values = delivery.Headers.Where(one => one.Name == header).SelectMany(one => one.Values).ToList();
        if (!WebhookProof.IsProved(settings.Kind, values, delivery.Body, known, now))
        {
            return Of(WebhookVerdict.NotProved);
        }

        return !settings.IsActive ? Of(WebhookVerdict.Paused)
            : settings.Kind == SourceKind.Discourse ? await TakeClub(name, source.Id, settings, delivery, now, cancellation)
            : await TakeEvents(name, source, await directory.Gate(source, cancellation), delivery.Body, cancellation);
    }

    private async Task<WebhookReply> TakeClub(
        string name, int source, SourceSettings settings, WebhookDelivery delivery, DateTimeOffset now,
        CancellationToken cancellation)
    {
        switch (ClubWebhook.Read(delivery.Body, settings))
        {
            case ClubDelivery.Unreadable { Objection: var broken }:
                return Of(WebhookVerdict.Unreadable, broken);
            case ClubDelivery.Seen { Sight: var sight }:
                return Taken(await club.Take(
                    new(source, name, settings.Namespace), sight, Sighting.Hint(now), cancellation));
            case ClubDelivery.Ask { Question: var question }:
                // A like has neither time nor id here: the club is asked, and its answer gives the events.
                await questions.Add(source, [question], cancellation);
                return Taken([]);
            default:
                return Taken([]);
        }
    }

    private async Task<WebhookReply> TakeEvents(
        string name, KnownSource source, SourceGate gate, byte[] sent, CancellationToken cancellation)
    {
        var settings = source.Settings ?? throw new UnreachableException();
        var body = settings.Kind switch
        {
            SourceKind.PostHog => PostHogEvents.ReadWebhook(sent, settings),
            SourceKind.Aisystant => PlatformReading.ReadWebhook(sent, settings),
            _ => throw new UnreachableException(),
        };
        if (body is not ForeignBody.Read { Items: var read, IsSingle: var isSingle })
        {
            return Of(WebhookVerdict.Unreadable, ((ForeignBody.Unreadable)body).Objection);
        }

        var items = read.Select(item => ForeignTaking.Admit(item, gate)).ToList();
        if (isSingle && items is [ForeignItem.NotAllowed])
        {
            return Of(WebhookVerdict.TypeNotAllowed, ForeignTaking.NotAllowed);
        }

        var answers = await taking.Take(
            name, source.Id, items, ForeignTexts.Of(sent, isSingle), mayRepeat: false, cancellation);
        return Taken([.. answers.OfType<WebhookAnswer>()]);
    }

    private static WebhookReply Taken(ImmutableArray<WebhookAnswer> answers) => new(WebhookVerdict.Taken, answers);

    private static WebhookReply Of(WebhookVerdict verdict, Objection? broken = null) =>
        new(verdict, [], broken?.Field, broken?.Rule);
}
