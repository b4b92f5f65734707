using System.Text;

namespace Stk.Cli.Endings;

/// <summary>
/// One of the program's two standard streams. A verb that has acted must not take the failure of a stream for its own: of
/// standard output the failure has a name, of standard error it is nobody's.
/// </summary>
internal sealed class StandardStream : TextWriter
{
#pragma warning disable CA2213 // The process's, or a test's, which reads it at the end: not ours to close.
    private readonly TextWriter _inner;
#pragma warning restore CA2213
    private readonly bool _isHeeded;

    private StandardStream(TextWriter inner, bool isHeeded)
        : base(inner.FormatProvider)
    {
        _inner = inner;
        _isHeeded = isHeeded;
        CoreNewLine = inner.NewLine.ToCharArray();
    }

    public override Encoding Encoding => _inner.Encoding;

    /// <summary>What fails throws <see cref="OutputException"/>.</summary>
    public static StandardStream Output(TextWriter inner) => new(inner, isHeeded: true);

    /// <summary>What fails is lost: a sentence that nobody can hear stops nothing.</summary>
    public static StandardStream Error(TextWriter inner) => new(inner, isHeeded: false);

    public override void Write(char value) => Try(() => _inner.Write(value));

    public override void Write(char[] buffer, int index, int count) => Try(() => _inner.Write(buffer, index, count));

    public override void Write(string? value) => Try(() => _inner.Write(value));

    public override void WriteLine(string? value) => Try(() => _inner.WriteLine(value));

    public override void Flush() => Try(_inner.Flush);

    private void Try(Action write)
    {
        try
        {
            write();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            if (_isHeeded)
            {
                throw new OutputException(exception.Message.TrimEnd('.'), exception);
            }
        }
    }
}
