using System.Collections.Immutable;

namespace Stk.ApiHost.Problems;

/// <summary>
/// The types of problem that any address may answer; a topic has its own beside its endpoints. Slugs are for ever.
/// </summary>
internal static class ProblemTypes
{
    public static readonly ProblemType MalformedRequest = new("malformed-request", 400, "Malformed request",
        "The request is no well-formed HTTP, or its body ended early. Nothing has changed.");

    public static readonly ProblemType MalformedJson = new("malformed-json", 400, "Malformed JSON",
        "The body is not one JSON value in UTF-8, is nested more than 16 deep (properties of events have a limit of their own), or has a name twice in one object. Nothing has changed.");

    public static readonly ProblemType MalformedEncoding = new("malformed-encoding", 400, "Malformed content encoding",
        "The body is not the gzip stream that its Content-Encoding promises, was cut short, or has more than 16,384 members. Nothing has changed.");

    public static readonly ProblemType InvalidRequest = new("invalid-request", 400, "Invalid request",
        "A parameter or a member of the body breaks a rule; errors names each. Nothing has changed.")
    {
        NamesFields = true,
    };

    public static readonly ProblemType InvalidCursor = new("invalid-cursor", 400, "Invalid cursor",
        "The cursor was not given by this list, for this participant. Start again without one.");

    public static readonly ProblemType TokenMissing = new("token-missing", 401, "Token missing",
        "Send a bearer token in the Authorization header. A token in the query is not read.");

    public static readonly ProblemType TokenInvalid = new("token-invalid", 401, "Token invalid",
        "The bearer token is not accepted. For safety, nothing says why.");

    public static readonly ProblemType Forbidden = new("forbidden", 403, "Forbidden",
        "The token is good, and its role may not do this.");

    public static readonly ProblemType OperatorUnknown = new("operator-unknown", 403, "Operator unknown",
        "The token is good, and its subject is no operator or auditor by the register. Two persons who are can enter it.");

    public static readonly ProblemType PreconditionRequired = new("precondition-required", 428, "Precondition required",
        "Say in If-Match which version was read: what is decided is that version and no other. Nothing has changed.");

    public static readonly ProblemType NotFound = new("not-found", 404, "Not found",
        "There is nothing here that this token may see.");

    public static readonly ProblemType MethodNotAllowed = new("method-not-allowed", 405, "Method not allowed",
        "This address takes other methods; the Allow header names them.");

    public static readonly ProblemType NotAcceptable = new("not-acceptable", 406, "Not acceptable",
        "This is not served in any of the types that the Accept header or the format parameter names.");

    public static readonly ProblemType RequestTimeout = new("request-timeout", 408, "Request timeout",
        "The body arrived too slowly. Nothing has changed.");

    public static readonly ProblemType BodyTooLarge = new("body-too-large", 413, "Body too large",
        "The body, as sent or after decompression, is larger than is accepted here, holds more than 2,000,000 values, or unpacks to more than 100 times what was sent. Nothing has changed.");

    public static readonly ProblemType UnsupportedMediaType = new("unsupported-media-type", 415, "Unsupported media type",
        "The body must be application/json in UTF-8; that of /events may also be application/x-ndjson.");

    public static readonly ProblemType UnsupportedEncoding = new("unsupported-encoding", 415, "Unsupported content encoding",
        "The body may be sent as it is, or with gzip once.");

    public static readonly ProblemType SplitNotWhole = new("split-not-whole", 422, "Split is not whole",
        "The shares of a split must sum to exactly 10,000 basis points. Nothing has changed.");

    public static readonly ProblemType IdempotencyKeyMissing = new("idempotency-key-missing", 400, "Idempotency-Key missing",
        "This write needs an Idempotency-Key header: a name of your own for it, such as a uuid, under which it is done once however often it is sent. Nothing has changed.");

    public static readonly ProblemType IdempotencyKeyInvalid = new("idempotency-key-invalid", 400, "Idempotency-Key invalid",
        "An Idempotency-Key is sent once and has 1 to 255 visible ASCII characters. Nothing has changed.");

    public static readonly ProblemType IdempotencyKeyReused = new("idempotency-key-reused", 422, "Idempotency-Key reused",
        "This Idempotency-Key was used at this address with another body. Another request needs another key; nothing has changed.");

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

    public static readonly ProblemType TracesUnavailable = new("traces-unavailable", 503, "Traces unavailable",
        "Who reads a person's data as an operator or auditor leaves a trace, and none could be written for ten seconds. Nothing was shown; ask again later.");

    public static readonly ImmutableArray<ProblemType> Common =
    [
        MalformedRequest, MalformedJson, MalformedEncoding, InvalidRequest, InvalidCursor, TokenMissing, TokenInvalid,
        Forbidden, OperatorUnknown, PreconditionRequired, NotFound, MethodNotAllowed, NotAcceptable, RequestTimeout,
        BodyTooLarge, UnsupportedMediaType, UnsupportedEncoding, SplitNotWhole, IdempotencyKeyMissing,
        IdempotencyKeyInvalid, IdempotencyKeyReused, RateLimited, InternalError, OutcomeUnknown, Busy,
        StorageUnavailable, Unavailable, TracesUnavailable,
    ];

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
