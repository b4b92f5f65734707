using System.Globalization;
using System.Runtime.InteropServices;

namespace Stk.Cli.Endings;

/// <summary>
/// The signals that ask a program to end: a terminal's interrupt, a stop, a terminal that has closed. The first one is
/// heard, and the verb ends in its own words; one that comes a second later ends the process where it stands.
/// </summary>
internal sealed class Interruption : IDisposable
{
    // As a shell has it for a program that a signal has ended: 128 and the signal's number.
    private const int SignalBase = 128;
    private const int InterruptNumber = 2;

    private static readonly (PosixSignal Signal, int Number)[] Heard =
    [
        (PosixSignal.SIGHUP, 1), (PosixSignal.SIGINT, InterruptNumber), (PosixSignal.SIGQUIT, 3), (PosixSignal.SIGTERM, 15),
    ];

    // A closing terminal and a script that hands a signal on both tell of one cause.
    private static readonly TimeSpan OneCause = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _asked = new();
    private readonly List<PosixSignalRegistration> _signals = [];
    private int _number;
    private long _heard;

    public CancellationToken Token => _asked.Token;

    /// <summary>What an interrupted verb ends with.</summary>
    public int Code => SignalBase + (_number == 0 ? InterruptNumber : _number);

    /// <summary>Listens to this process's signals, but for those it was started to ignore, as <c>nohup</c> does.</summary>
    public static Interruption OfSignals()
    {
        var interruption = new Interruption();
        var ignored = Ignored();
        foreach (var (signal, number) in Heard.Where(heard => (ignored & (1UL << (heard.Number - 1))) == 0))
        {
            interruption._signals.Add(PosixSignalRegistration.Create(signal, context => interruption.Hear(context, number)));
        }

        return interruption;
    }

    public void Dispose()
    {
        _signals.ForEach(signal => signal.Dispose());
        _asked.Dispose();
    }

    private void Hear(PosixSignalContext context, int number)
    {
        if (Interlocked.CompareExchange(ref _number, number, 0) != 0)
        {
            context.Cancel = TimeProvider.System.GetElapsedTime(Interlocked.Read(ref _heard)) < OneCause;
            return;
        }

        Interlocked.Exchange(ref _heard, TimeProvider.System.GetTimestamp());
        context.Cancel = true;
        _asked.Cancel();
    }

    // A bit for each signal. Where the system does not tell, none.
    private static ulong Ignored()
    {
        const string Field = "SigIgn:";
        try
        {
            var line = File.ReadLines("/proc/self/status")
                .FirstOrDefault(line => line.StartsWith(Field, StringComparison.Ordinal));
            return ulong.TryParse(
                line?[Field.Length..].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var mask)
                    ? mask
                    : 0;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }
}
