using Microsoft.Extensions.Logging;

namespace Stk.Solana;

// Event ids: Solana 3000-3999. Never reused.
internal static partial class Log
{
    [LoggerMessage(EventId = 3001, EventName = "solana.rpc.failed", Level = LogLevel.Warning,
        Message = "{Method} on node {Node} gave no answer after {ElapsedMs} ms: {Reason}")]
    public static partial void CallFailed(ILogger logger, string node, string method, long elapsedMs, string reason);
}
