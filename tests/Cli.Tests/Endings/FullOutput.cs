using System.Globalization;
using System.Text;

namespace Stk.Cli.Tests.Endings;

/// <summary>A standard output whose disk is full.</summary>
internal sealed class FullOutput() : TextWriter(CultureInfo.InvariantCulture)
{
    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value) => throw new IOException("No space left on device");
}
