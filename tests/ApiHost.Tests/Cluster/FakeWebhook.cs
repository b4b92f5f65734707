using System.Collections.Immutable;
using Stk.GrainInterfaces.Sources;
using Stk.Rules.Activity;

namespace Stk.ApiHost.Tests.Cluster;

/// <summary>Takes what is signed as <c>good</c>.</summary>
public sealed class FakeWebhook : IWebhookGrain
{
    public WebhookDelivery? Last { get; private set; }

    public WebhookVerdict? Verdict { get; set; }

    public Task<WebhookReply> Deliver(WebhookDelivery delivery, CancellationToken cancellation)
    {
        Last = delivery;
        var isProved = delivery.Headers.Any(header => header.Values is ["good"]);
        return Task.FromResult(
            Verdict is { } verdict ? new WebhookReply(verdict, [], "event", "must be a type that the source may send")
            : isProved ? new WebhookReply(
                WebhookVerdict.Taken, [new(Guid.Empty, "ClubPostCreated", EventOutcome.Counted)])
            : new WebhookReply(WebhookVerdict.NotProved, ImmutableArray<WebhookAnswer>.Empty));
    }
}
