using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Stk.ApiHost.Problems;

/// <summary>Every type of problem that the API answers. Slugs are for ever: clients decide by them.</summary>
internal static class ProblemTypes
{
    public static readonly ProblemType MalformedRequest = new("malformed-request", 400, "Malformed request",
        "The request is no well-formed HTTP, or its body ended early. Nothing has changed.");

    public static readonly ProblemType MalformedJson = new("malformed-json", 400, "Malformed JSON",
        "The body is not one JSON value in UTF-8, is nested more than 16 deep (properties of events have a limit of their own), or has a name twice in one object. Nothing has changed.");

    public static readonly ProblemType MalformedEncoding = new("malformed-encoding", 400, "Malformed content encoding",
        "The body is not the gzip stream that its Content-Encoding promises, was cut short, or has more than 16,384 members. Nothing has changed.");

    public static readonly ProblemType EmptyBatch = new("empty-batch", 400, "Empty batch",
        "The array holds no event. Send at least one.");

    public static readonly ProblemType InvalidRequest = new("invalid-request", 400, "Invalid request",
        "A parameter or a member of the body breaks a rule; errors names each. Nothing has changed.");

    public static readonly ProblemType InvalidCursor = new("invalid-cursor", 400, "Invalid cursor",
        "The cursor was not given by this list, for this participant. Start again without one.");

    public static readonly ProblemType TokenMissing = new("token-missing", 401, "Token missing",
        "Send a bearer token in the Authorization header. A token in the query is not read.");

    public static readonly ProblemType TokenInvalid = new("token-invalid", 401, "Token invalid",
        "The bearer token is not accepted. For safety, nothing says why.");

    public static readonly ProblemType SignInCodeInvalid = new("sign-in-code-invalid", 401, "Sign-in code invalid",
        "The sign-in link has been used, has expired, or is none. Ask for a new one.");

    public static readonly ProblemType Forbidden = new("forbidden", 403, "Forbidden",
        "The token is good, and its role may not do this.");

    public static readonly ProblemType NotFound = new("not-found", 404, "Not found",
        "There is nothing here that this token may see.");

    public static readonly ProblemType MethodNotAllowed = new("method-not-allowed", 405, "Method not allowed",
        "This address takes other methods; the Allow header names them.");

    public static readonly ProblemType NotAcceptable = new("not-acceptable", 406, "Not acceptable",
        "This is not served in any of the types that the Accept header or the format parameter names.");

    public static readonly ProblemType RequestTimeout = new("request-timeout", 408, "Request timeout",
        "The body arrived too slowly. Nothing has changed.");

    public static readonly ProblemType WeekNotClosable = new("week-not-closable", 409, "Week cannot be closed",
        "Something must come first; detail says what. Nothing has changed.");

    public static readonly ProblemType WeekSealed = new("week-sealed", 409, "Week has begun or is sealed",
        "A rule book takes effect from a coming week only. Nothing has changed.");

    public static readonly ProblemType ClockBackwards = new("clock-backwards", 409, "Clock cannot go back",
        "The economy's clock stands later than this already. Nothing has changed.");

    public static readonly ProblemType BatchTooLarge = new("batch-too-large", 413, "Batch too large",
        "At most 10,000 events go in one request. Nothing has been stored.");

    public static readonly ProblemType BodyTooLarge = new("body-too-large", 413, "Body too large",
        "The body, as sent or after decompression, is larger than is accepted here. Nothing has changed.");

    public static readonly ProblemType UnsupportedMediaType = new("unsupported-media-type", 415, "Unsupported media type",
        "The body must be application/json in UTF-8.");

    public static readonly ProblemType UnsupportedEncoding = new("unsupported-encoding", 415, "Unsupported content encoding",
        "The body may be sent as it is, or with gzip once.");

    public static readonly ProblemType EventRejected = new("event-rejected", 422, "Event rejected",
        "The event breaks a rule; errors names the member. It has not been stored.");

    public static readonly ProblemType SplitNotWhole = new("split-not-whole", 422, "Split is not whole",
        "The shares of a split must sum to exactly 10,000 basis points. Nothing has changed.");

    public static readonly ProblemType IdempotencyKeyMissing = new("idempotency-key-missing", 400, "Idempotency-Key missing",
        "This write needs an Idempotency-Key header: a name of your own for it, such as a uuid, under which it is done once however often it is sent. Nothing has changed.");

    public static readonly ProblemType IdempotencyKeyInvalid = new("idempotency-key-invalid", 400, "Idempotency-Key invalid",
        "An Idempotency-Key is sent once and has 1 to 255 visible ASCII characters. Nothing has changed.");

    public static readonly ProblemType IdempotencyKeyReused = new("idempotency-key-reused", 422, "Idempotency-Key reused",
        "This Idempotency-Key was used at this address with another body. Another request needs another key; nothing has changed.");

    public static readonly ProblemType SelfTransfer = new("self-transfer", 422, "Transfer to oneself",
        "Sender and receiver are the same participant. Nothing has moved.");

    public static readonly ProblemType UnknownParticipant = new("unknown-participant", 404, "Unknown participant",
        "Nobody who can receive STK has this id. Nothing has moved.");

    public static readonly ProblemType InsufficientFunds = new("insufficient-funds", 422, "Insufficient funds",
        "The available balance, or the fund, holds less than this costs, its fee included. Nothing has moved. The same Idempotency-Key is answered the same for ever: try again with another.");

    public static readonly ProblemType LimitExceeded = new("limit-exceeded", 422, "Limit exceeded",
        "The rule book allows less in one transfer, or in one UTC day. Nothing has moved.");

    public static readonly ProblemType BalanceTooLarge = new("balance-too-large", 422, "Balance too large",
        "The receiver's balance would be larger than a balance can be. Nothing has moved.");

    public static readonly ProblemType UnknownService = new("unknown-service", 404, "Unknown service",
        "There is no service with this id that this token may see.");

    public static readonly ProblemType ServiceWithdrawn = new("service-withdrawn", 410, "Service withdrawn",
        "The service is no longer sold. Nothing has moved.");

    public static readonly ProblemType ServiceChanged = new("service-changed", 412, "Service changed",
        "Another version of the service stands by now than If-Match names. Read it again; nothing has changed.");

    public static readonly ProblemType PriceChanged = new("price-changed", 412, "Price changed",
        "The service has another version or price by now than the request expects. Read it again; nothing has moved.");

    public static readonly ProblemType SequenceUnknown = new("sequence-unknown", 412, "Sequence unknown",
        "The journal does not reach as far as the sequence that was sent: it was never given out here, or the data were set back since. Read again without it.");

    public static readonly ProblemType RecipientUnresolved = new("recipient-unresolved", 422, "Recipient unresolved",
        "A role of the service's split has no participant: name one in recipients who is known, is not excluded and is not the buyer, and none for a role that the service sets. Nothing has moved.");

    public static readonly ProblemType UnknownPurchase = new("unknown-purchase", 404, "Unknown purchase",
        "There is no purchase with this id.");

    public static readonly ProblemType AlreadyRefunded = new("already-refunded", 409, "Already refunded",
        "This purchase was refunded before. Nothing has moved.");

    public static readonly ProblemType RefundTooLate = new("refund-too-late", 409, "Refund too late",
        "The days that the rule book gives for a refund are over. Nothing has moved.");

    public static readonly ProblemType RecipientHasSpent = new("recipient-has-spent", 409, "Recipient has spent",
        "A recipient of the purchase no longer holds its part, which a refund takes back whole. Nothing has moved.");

    public static readonly ProblemType FundNotSpendable = new("fund-not-spendable", 422, "Fund cannot be spent",
        "The rewards fund is spent by weekly runs alone. Nothing has moved.");

    public static readonly ProblemType NeedsSecondApproval = new("needs-second-approval", 403, "Needs a second operator",
        "Who asked for a spending cannot approve it: another operator must. Nothing has moved.");

    public static readonly ProblemType UnknownSpending = new("unknown-spending", 404, "Unknown spending",
        "No spending from a fund has this id.");

    public static readonly ProblemType AlreadyDecided = new("already-decided", 409, "Already decided",
        "This spending was approved or rejected before. Nothing has changed.");

    public static readonly ProblemType NoEntitlement = new("no-entitlement", 409, "No entitlement",
        "The participant has no active entitlement with a session left. Nothing has been used.");

    public static readonly ProblemType TooManyStreams = new("too-many-streams", 429, "Too many streams",
        "This token's subject has as many streams open as it may. Close one, or follow the balance by the one that is open.");

    public static readonly ProblemType RateLimited = new("rate-limited", 429, "Rate limited",
        "This token has made more requests than it may. Nothing has changed; ask again after the time in Retry-After.");

    public static readonly ProblemType InternalError = new("internal-error", 500, "Internal error",
        "Something failed on our side. traceId finds it in our logs.");

    public static readonly ProblemType OutcomeUnknown = new("outcome-unknown", 503, "Outcome unknown",
        "The cluster did not answer in time: it may have been done, in part, or not. Where events or an Idempotency-Key were sent, send the same again: it is harmless, and tells.");

    public static readonly ProblemType Busy = new("busy", 503, "Busy",
        "Too much is waiting already. Nothing has changed; ask again after the time in Retry-After.");

    public static readonly ProblemType StorageUnavailable = new("storage-unavailable", 503, "Storage unavailable",
        "The database cannot be used at the moment. What was not answered with success has not been stored; ask again later.");

    public static readonly ProblemType Unavailable = new("unavailable", 503, "Unavailable",
        "The cluster cannot be reached at the moment. Ask again later.");

    public static readonly ImmutableArray<ProblemType> All =
    [
        MalformedRequest, MalformedJson, MalformedEncoding, EmptyBatch, InvalidRequest, InvalidCursor,
        TokenMissing, TokenInvalid, SignInCodeInvalid, Forbidden, NotFound, MethodNotAllowed, NotAcceptable,
        RequestTimeout, WeekNotClosable, WeekSealed, ClockBackwards, BatchTooLarge, BodyTooLarge,
        UnsupportedMediaType, UnsupportedEncoding, EventRejected, SplitNotWhole, IdempotencyKeyMissing,
        IdempotencyKeyInvalid, IdempotencyKeyReused, SelfTransfer, UnknownParticipant, InsufficientFunds, LimitExceeded,
        BalanceTooLarge, UnknownService, ServiceWithdrawn, ServiceChanged, PriceChanged, SequenceUnknown,
        RecipientUnresolved,
        UnknownPurchase, AlreadyRefunded, RefundTooLate, RecipientHasSpent, FundNotSpendable, NeedsSecondApproval,
        UnknownSpending, AlreadyDecided, NoEntitlement, TooManyStreams, RateLimited, InternalError, OutcomeUnknown,
        Busy, StorageUnavailable, Unavailable,
    ];

    private static readonly FrozenDictionary<string, ProblemType> BySlug =
        All.ToFrozenDictionary(type => type.Slug, StringComparer.Ordinal);

    public static ProblemType? Find(string slug) => BySlug.GetValueOrDefault(slug);

    /// <summary>The type of a status that the framework set by itself.</summary>
    public static ProblemType OfStatus(int status) => status switch
    {
        401 => TokenInvalid,
        403 => Forbidden,
        404 => NotFound,
        405 => MethodNotAllowed,
        406 => NotAcceptable,
        408 => RequestTimeout,
        413 => BodyTooLarge,
        415 => UnsupportedMediaType,
        429 => RateLimited,
        503 => Unavailable,
        >= 500 => InternalError,
        _ => MalformedRequest,
    };
}
