using System.Collections.Immutable;
using Stk.GrainInterfaces.Callers;
using Stk.Rules.Activity;

namespace Stk.GrainInterfaces.Sources;

/// <summary>
/// Deliveries of a source in its own form. Key: the source's name. Nobody has a token: the signature is what counts, and the
/// silo looks at it, which alone has the source's secrets.
/// </summary>
[Alias("stk.webhook")]
public interface IWebhookGrain : IGrainWithStringKey
{
    /// <summary>Takes a delivery in. Answered means committed; the same delivery again adds nothing.</summary>
    [Alias("deliver"), MayCall(CallerRoles.Host)]
    Task<WebhookReply> Deliver(WebhookDelivery delivery, CancellationToken cancellation);
}

/// <param name="Body">To the byte as it was sent.</param>
/// <param name="Headers">Those that may prove it, each with all its values.</param>
[GenerateSerializer, Immutable, Alias("stk.webhook-delivery")]
public sealed record WebhookDelivery(
    [property: Id(0)] byte[] Body, [property: Id(1)] ImmutableArray<WebhookHeader> Headers);

[GenerateSerializer, Immutable, Alias("stk.webhook-header")]
public sealed record WebhookHeader([property: Id(0)] string Name, [property: Id(1)] ImmutableArray<string> Values);

/// <param name="Answers">Where it was taken: one an event, in the order of the delivery.</param>
/// <param name="Field">Where it cannot be read, or its one event may not be sent: what is wrong.</param>
[GenerateSerializer, Immutable, Alias("stk.webhook-reply")]
public sealed record WebhookReply(
    [property: Id(0)] WebhookVerdict Verdict,
    [property: Id(1)] ImmutableArray<WebhookAnswer> Answers,
    [property: Id(2)] string? Field = null,
    [property: Id(3)] string? Rule = null);

/// <param name="Uuid">Null where it could not be read.</param>
/// <param name="Type">Of our own; null where the event could not be read.</param>
[GenerateSerializer, Immutable, Alias("stk.webhook-answer")]
public sealed record WebhookAnswer(
    [property: Id(0)] Guid? Uuid,
    [property: Id(1)] string? Type,
    [property: Id(2)] EventOutcome Outcome,
    [property: Id(3)] string? Field = null,
    [property: Id(4)] string? Rule = null);

/// <summary>What became of a delivery. Sent: add at the end, never renumber.</summary>
public enum WebhookVerdict
{
    Taken = 0,

    /// <summary>No source of this name takes deliveries.</summary>
    Unknown = 1,

    /// <summary>The source's secret is not there, or its file is not as it must be.</summary>
    NotConfigured = 2,

    NotProved = 3,

    Paused = 4,

    /// <summary>Proved, and not of the source's form: nothing was stored.</summary>
    Unreadable = 5,

    /// <summary>Its one event is of a type that the source may not send: nothing was stored.</summary>
    TypeNotAllowed = 6,
}
