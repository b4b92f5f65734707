using System.Globalization;
using System.Text;

namespace Stk.Cli.Endings;

/// <summary>The standard output that this process was started with.</summary>
internal static class InheritedOutput
{
    // open(2): what a program opens for itself is closed in the programs that it starts.
    private const int CloseOnExec = 0x80000;

    /// <summary>
    /// The console's, unless it was closed (<c>>&amp;-</c>): the descriptor's number goes to the first file that the runtime
    /// opens then, and what was written would end there. An inherited one has come through an exec, which closes those.
    /// </summary>
    public static TextWriter Open() => IsInherited() ? Console.Out : new Closed();

    private static bool IsInherited()
    {
        const string Field = "flags:";
        try
        {
            var line = File.ReadLines("/proc/self/fdinfo/1").First(line => line.StartsWith(Field, StringComparison.Ordinal));
            return (Convert.ToInt32(line[Field.Length..].Trim(), 8) & CloseOnExec) == 0;
        }
        catch (FileNotFoundException)
        {
            // Where the system tells of other descriptors of this process and not of this one, it is closed.
            return !File.Exists("/proc/self/fdinfo/2");
        }
        catch (Exception exception) when (exception
            is IOException or UnauthorizedAccessException or InvalidOperationException or FormatException)
        {
            return true;
        }
    }

    private sealed class Closed() : TextWriter(CultureInfo.InvariantCulture)
    {
        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value) => throw new IOException("it is closed");
    }
}
