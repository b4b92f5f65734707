using System.Text.Json;

namespace Stk.Torture.Operations;

/// <summary>
/// Each operation written down before it is sent and after it is answered, a JSON document a line: what happened can be
/// read when all else is lost.
/// </summary>
internal sealed class OperationLog : IDisposable
{
    private readonly Lock _gate = new();
    private readonly StreamWriter _file;
    private readonly Report _report;
    private long _number;

    public OperationLog(string path, Report report)
    {
        _report = report;
        Path = path;
        _file = new StreamWriter(path) { AutoFlush = true };
    }

    public string Path { get; }

    /// <returns>The operation's number, for its answer.</returns>
    public long Sent(string what, object content)
    {
        var number = Interlocked.Increment(ref _number);
        Write(new { n = number, at = At, sent = what, content });
        return number;
    }

    public void Answered(long number, object answer) => Write(new { n = number, at = At, answer });

    public void Dispose() => _file.Dispose();

    private double At => Math.Round(_report.Elapsed.TotalSeconds, 3);

    private void Write(object line)
    {
        var text = JsonSerializer.Serialize(line);
        lock (_gate)
        {
            _file.WriteLine(text);
        }
    }
}
