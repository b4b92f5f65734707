using System.Diagnostics;

namespace Stk.Torture.Breaking;

/// <summary>What nodes of Solana do to those who trust them, as commands of the local chain: see its control.mjs.</summary>
internal static class ChainFaults
{
    private static readonly string[] OfSends = ["drop", "delay", "late"];
    private static readonly string[] OfAnswers = ["hang", "lose-answer", "garbage"];
    private static readonly string[] Nodes = ["alpha", "beta"];

    public static object Next(Random random) => random.Next(5) switch
    {
        0 => OfSend(OfSends[random.Next(OfSends.Length)], random.Next(5, 60), random.Next(1, 6)),
        1 => OfAnswer(OfAnswers[random.Next(OfAnswers.Length)], Node(random), random.Next(1, 40)),
        2 => OfStatus(random.Next(2) == 0 ? 429 : 503, Node(random), random.Next(1, 40)),
        3 => new { command = "forget", node = Node(random) },
        4 => new { command = "lag", node = Node(random), slots = random.Next(5, 60) },
        _ => throw new UnreachableException(),
    };

    private static object OfSend(string kind, int blocks, int times) => new { command = "fault", kind, blocks, times };

    private static object OfAnswer(string kind, string node, int times) => new { command = "fault", kind, node, times };

    private static object OfStatus(int status, string node, int times) =>
        new { command = "fault", kind = "status", status, node, times };

    private static string Node(Random random) => Nodes[random.Next(Nodes.Length)];
}
