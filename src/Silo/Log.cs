using Stk.GrainInterfaces.Callers;

namespace Stk.Silo;

// Event ids: Silo 4031-4039. Never reused.
internal static partial class Log
{
    [LoggerMessage(EventId = 4031, EventName = "silo.call.refused", Level = LogLevel.Warning,
        Message = "A call of {Interface}.{Method} from outside the silos was refused ({Reason}): {Why}")]
    public static partial void CallRefused(ILogger logger, string @interface, string method, CallRefusal reason, string why);
}
