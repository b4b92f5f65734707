using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Stk.Hosting;

/// <summary>
/// Logs go to standard output: a JSON object a line in Production, for machines; a line to read elsewhere.
/// </summary>
public static class Logs
{
    public static void AddReadableOrJson(this ILoggingBuilder logging, IHostEnvironment environment)
    {
        const string Timestamp = "yyyy-MM-ddTHH:mm:ss.fffZ ";
        if (environment.IsProduction())
        {
            logging.AddJsonConsole(console =>
            {
                console.UseUtcTimestamp = true;
                console.TimestampFormat = Timestamp.TrimEnd();
                console.IncludeScopes = true;
            });
        }
        else
        {
            logging.AddSimpleConsole(console =>
            {
                console.SingleLine = true;
                console.UseUtcTimestamp = true;
                console.TimestampFormat = Timestamp;
            });
        }
    }
}
