using System.Globalization;
using Stk.Client.Clocks;

namespace Stk.Cli.Replay;

/// <summary>
/// What an operator sees of a replay that runs: on a terminal one line that changes, elsewhere a line a week.
/// </summary>
/// <param name="columns">The terminal's width; null where it does not tell.</param>
internal sealed class ReplayDisplay(
    ReplayPlan plan, TextWriter output, bool isTerminal, TimeProvider time, int? columns = null)
{
    private const int BarWidth = 24;
    private const int RejectedShown = 10;
    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(100);

    /// <summary>Without a terminal: a wait that is longer than this says what it waits for.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);

    private readonly List<string> _rejected = [];
    private readonly long _linesInAll = plan.Lines;
    private long _began;
    private long _shown;
    private int _width;
    private double _fractionBefore;
    private long _linesBefore;
    private long _rejectedInAll;
    private ReplayProgress _progress = ReplayProgress.Beginning(0);

    public void Begin(ReplayProgress progress)
    {
        _began = _shown = time.GetTimestamp();
        _progress = progress;
        _linesBefore = LinesDone;
        _fractionBefore = Fraction;
        var weeks = plan.Slices.Length;
        if (progress.Slice == weeks)
        {
            output.WriteLine("These files have been replayed into this economy already: nothing is left to send.");
        }
        else if (_linesBefore > 0)
        {
            output.WriteLine(Text($"Goes on at {plan.Slices[progress.Slice].Week}, after {_linesBefore:N0} of {_linesInAll:N0} events."));
        }
        else
        {
            output.WriteLine(Text(
                $"{_linesInAll:N0} events in {weeks:N0} weeks, {plan.Slices[0].Week} to {plan.Slices[^1].Week}."));
        }
    }

    /// <summary>Says that what was kept of an earlier run is of more than this economy has.</summary>
    /// <param name="home">What the operator calls the economy by.</param>
    public void Distrusted(string home) => output.WriteLine(
        $"The progress that was kept of these files is ahead of the economy in STK_HOME ({home}), which was restored or made "
        + "anew since: what the economy says stands.");

    public void Sent(ReplayProgress progress)
    {
        _progress = progress;
        ShowBar(_progress.Slice, "sends", force: false);
    }

    public void Waiting(Clock clock)
    {
        if (!isTerminal && time.GetElapsedTime(_shown) >= Silence)
        {
            _shown = time.GetTimestamp();
            output.WriteLine(Text($"{plan.Slices[_progress.Slice].Week} {clock.Text}"));
        }

        ShowBar(_progress.Slice, clock.Text, force: false);
    }

    public void Closed(ReplayProgress progress)
    {
        _progress = progress;
        if (isTerminal)
        {
            ShowBar(progress.Slice - 1, "closed", force: true);
        }
        else
        {
            _shown = time.GetTimestamp();
            output.WriteLine(Text($"{plan.Slices[progress.Slice - 1].Week} closed: {Numbers()}"));
        }
    }

    /// <param name="rejected">Place, field and rule.</param>
    public void Rejected(string rejected)
    {
        _rejectedInAll++;
        if (_rejected.Count < RejectedShown)
        {
            _rejected.Add($"rejected: {rejected}");
        }
    }

    /// <summary>Leaves the terminal as it was, and says which events were rejected.</summary>
    public void End()
    {
        if (_width > 0)
        {
            output.WriteLine();
            _width = 0;
        }

        foreach (var line in _rejected)
        {
            output.WriteLine(line);
        }

        if (_rejectedInAll > _rejected.Count)
        {
            output.WriteLine(Text($"... and {_rejectedInAll - _rejected.Count:N0} more."));
        }

        _rejected.Clear();
        _rejectedInAll = 0;
    }

    private long LinesDone => plan.Slices.Take(_progress.Slice).Sum(slice => slice.Lines) + _progress.Lines;

    // Half for the events, half for the weeks: sending and closing take about as long.
    private double Fraction => ((double)LinesDone / _linesInAll + (double)_progress.Slice / plan.Slices.Length) / 2;

    private void ShowBar(int slice, string doing, bool force)
    {
        if (!isTerminal || (!force && _width > 0 && time.GetElapsedTime(_shown) < Refresh))
        {
            return;
        }

        _shown = time.GetTimestamp();
        var full = (int)(Fraction * BarWidth);
        var text = Text($"{plan.Slices[slice].Week} {doing}; {Numbers()}");
        var line = Fitting($"[{new string('#', full)}{new string('-', BarWidth - full)}] {text}", text);
        output.Write('\r' + line.PadRight(_width));
        output.Flush();
        _width = line.Length;
    }

    // A line that a terminal breaks cannot be written over: the bar goes first, then the line's end.
    private string Fitting(string line, string withoutBar) =>
        columns is not { } width || line.Length < width ? line
        : withoutBar.Length < width ? withoutBar
        : withoutBar[..(width - 1)];

    private string Numbers()
    {
        var elapsed = time.GetElapsedTime(_began);
        var done = LinesDone;
        var perSecond = elapsed > TimeSpan.Zero ? (done - _linesBefore) / elapsed.TotalSeconds : 0;
        var made = Fraction - _fractionBefore;
        var left = made > 0 ? elapsed * ((1 - Fraction) / made) : (TimeSpan?)null;
        var timeLeft = left is { } span ? Text($", {(int)span.TotalMinutes}:{span.Seconds:D2} left") : "";
        return Text(
            $"{_progress.Slice:N0} of {plan.Slices.Length:N0} weeks, {done:N0} of {_linesInAll:N0} events, {perSecond:N0}/s{timeLeft}");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
