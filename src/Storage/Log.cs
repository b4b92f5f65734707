using Microsoft.Extensions.Logging;

namespace Stk.Storage;

// Event ids: Storage 500-999. Never reused.
internal static partial class Log
{
    [LoggerMessage(EventId = 500, EventName = "storage.commit.retried", Level = LogLevel.Warning,
        Message = "{Group}: attempt {Attempt} at a commit of {ItemCount} items failed ({Failure}); trying again")]
    public static partial void CommitRetried(
        ILogger logger, Exception exception, string group, int attempt, int itemCount, CommitFailure failure);

    [LoggerMessage(EventId = 501, EventName = "storage.commit.failed", Level = LogLevel.Error,
        Message = "{Group}: commit of {ItemCount} items failed ({Failure}) after {Attempt} attempts; callers were told")]
    public static partial void CommitFailed(
        ILogger logger, Exception exception, string group, int itemCount, CommitFailure failure, int attempt);

    [LoggerMessage(EventId = 502, EventName = "storage.commit.unknown", Level = LogLevel.Error,
        Message = "{Group}: the outcome of a commit of {ItemCount} items stayed unknown after {Attempt} attempts")]
    public static partial void OutcomeUnknown(
        ILogger logger, Exception exception, string group, int itemCount, int attempt);

    [LoggerMessage(EventId = 503, EventName = "storage.commit.split", Level = LogLevel.Error,
        Message = "{Group}: a commit of {ItemCount} items failed for good; its halves are tried apart")]
    public static partial void CommitSplit(ILogger logger, Exception exception, string group, int itemCount);
}
