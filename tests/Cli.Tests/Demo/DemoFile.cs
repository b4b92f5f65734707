using Stk.Cli.Demo;
using Stk.Testing;

namespace Stk.Cli.Tests.Demo;

internal static class DemoFile
{
    public static string Path => System.IO.Path.Combine(Repository.Root, "deploy", "demo", "community.json");

    public static Community Read() => Community.Read(File.ReadAllBytes(Path));
}
