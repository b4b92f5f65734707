using System.Collections.Immutable;

namespace Stk.ApiHost;

// Event ids: ApiHost 4000-4999. Never reused. No token, body or query string is ever logged.
internal static partial class Log
{
    [LoggerMessage(EventId = 4000, EventName = "api.cluster.connected", Level = LogLevel.Information,
        Message = "Connected to the cluster")]
    public static partial void ClusterConnected(ILogger logger);

    [LoggerMessage(EventId = 4001, EventName = "api.cluster.unreachable", Level = LogLevel.Warning,
        Message = "No silo can be reached yet ({Reason}); trying again")]
    public static partial void ClusterUnreachable(ILogger logger, string reason);

    [LoggerMessage(EventId = 4002, EventName = "api.cluster.not-ready", Level = LogLevel.Warning,
        Message = "The cluster does not answer: not ready")]
    public static partial void ClusterNotReady(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 4003, EventName = "api.call.retried", Level = LogLevel.Warning,
        Message = "A call to the cluster failed ({Reason}) after {ElapsedMs} ms: asked again, it is harmless")]
    public static partial void CallRetried(ILogger logger, string reason, long elapsedMs);

    [LoggerMessage(EventId = 4004, EventName = "api.call.unknown", Level = LogLevel.Error,
        Message = "A call to the cluster got no answer; the client was told that its outcome is unknown")]
    public static partial void OutcomeUnknown(ILogger logger, Exception? exception);

    [LoggerMessage(EventId = 4005, EventName = "api.call.unavailable", Level = LogLevel.Error,
        Message = "The cluster gave no answer to a read")]
    public static partial void Unavailable(ILogger logger, Exception? exception);

    [LoggerMessage(EventId = 4006, EventName = "api.request.failed", Level = LogLevel.Error,
        Message = "A request failed unexpectedly; the client was told only that")]
    public static partial void RequestFailed(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 4007, EventName = "api.rule-books.stale", Level = LogLevel.Warning,
        Message = "The rule books could not be read again; the ones known are used")]
    public static partial void RuleBooksStale(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 4008, EventName = "api.operator.signed-in", Level = LogLevel.Information,
        Message = "Operator {Subject} signed in")]
    public static partial void OperatorSignedIn(ILogger logger, string subject);

    [LoggerMessage(EventId = 4009, EventName = "api.export.cut", Level = LogLevel.Error,
        Message = "The export of {Week} failed after it had begun; the connection was cut")]
    public static partial void ExportCut(ILogger logger, Exception exception, string week);

    [LoggerMessage(EventId = 4010, EventName = "api.keys.loaded", Level = LogLevel.Information,
        Message = "Tokens signed with these keys are accepted: {KeyIds}")]
    public static partial void KeysLoaded(ILogger logger, ImmutableArray<string> keyIds);

    [LoggerMessage(EventId = 4011, EventName = "api.cluster.refused", Level = LogLevel.Critical,
        Message = "No gateway has taken a connection for {Deadline}; this host ends")]
    public static partial void ClusterRefused(ILogger logger, Exception exception, TimeSpan deadline);

    [LoggerMessage(EventId = 4012, EventName = "api.intake.share-failed", Level = LogLevel.Error,
        Message = "{EventCount} events of one participant failed unexpectedly; they were answered rejected, the others were recorded")]
    public static partial void ShareFailed(ILogger logger, Exception exception, int eventCount);

    [LoggerMessage(EventId = 4013, EventName = "api.register.stale", Level = LogLevel.Warning,
        Message = "The register of operators could not be read again; the one known is used")]
    public static partial void RegisterStale(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 4021, EventName = "api.revocations.stale", Level = LogLevel.Warning,
        Message = "The revocations could not be read again; the ones known are used")]
    public static partial void RevocationsStale(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 4022, EventName = "api.operator.signed-out", Level = LogLevel.Information,
        Message = "Operator {Subject} signed out")]
    public static partial void OperatorSignedOut(ILogger logger, string subject);

    [LoggerMessage(EventId = 4023, EventName = "api.traces.wait", Level = LogLevel.Warning,
        Message = "Traces of reads could not be written; they wait, and after ten seconds such reads stop")]
    public static partial void TracesWait(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 4020, EventName = "api.stream.ended", Level = LogLevel.Warning,
        Message = "A stream was ended ({Reason}); its client comes again")]
    public static partial void StreamEnded(ILogger logger, string reason);

    [LoggerMessage(EventId = 4030, EventName = "api.call.refused", Level = LogLevel.Warning,
        Message = "A silo does not believe a token that this host has verified: it has ended meanwhile, or the silos have other keys")]
    public static partial void CallRefused(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 4040, EventName = "api.page.part-missing", Level = LogLevel.Warning,
        Message = "A part of a page could not be read in time ({Reason}); the page says so")]
    public static partial void PartMissing(ILogger logger, string reason);

    [LoggerMessage(EventId = 4043, EventName = "api.page.write-failed", Level = LogLevel.Warning,
        Message = "What a page was to change has no answer ({Slug}); the page says so and keeps its key")]
    public static partial void PageWriteFailed(ILogger logger, string slug, Exception exception);

    [LoggerMessage(EventId = 4041, EventName = "api.session.opened", Level = LogLevel.Information,
        Message = "{Subject} has signed in to the pages")]
    public static partial void SessionOpened(ILogger logger, string subject);

    [LoggerMessage(EventId = 4042, EventName = "api.session.ended", Level = LogLevel.Information,
        Message = "{Subject} has signed out of the pages")]
    public static partial void SessionEnded(ILogger logger, string subject);
}
