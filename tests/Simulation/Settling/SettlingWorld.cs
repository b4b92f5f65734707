using Stk.Simulation.Mistakes;
using Stk.Simulation.Servers;
using Stk.Simulation.Steps;

namespace Stk.Simulation.Settling;

/// <summary>What is outside of a silo: the chain and its nodes, the rows, the signer, the network and time.</summary>
internal sealed class SettlingWorld
{
    private readonly Dice _dice;
    private int _troubledUntilMs;
    private bool _isLossy;
    private int _ids;

    public SettlingWorld(Dice dice, Mistake mistake, Tally tally)
    {
        (_dice, Mistake, Tally) = (dice, mistake, tally);
        Chain = new(dice.Fork());
        Tables = new(Chain, mistake, tally);
        Signer = new(mistake);
        Nodes =
        [
            new(Chain, dice.Fork(), tally) { Name = "alpha" }, new(Chain, dice.Fork(), tally) { Name = "beta" },
        ];
    }

    public Mistake Mistake { get; }

    public Tally Tally { get; }

    public Timeline Time { get; } = new();

    public SimulatedChain Chain { get; }

    public SettlingTables Tables { get; }

    public SettlingSigner Signer { get; }

    public SimulatedNode[] Nodes { get; }

    private bool IsTroubled => Time.NowMs < _troubledUntilMs;

    public void TroubleNetwork(int lengthMs, bool isLossy)
    {
        _troubledUntilMs = Time.NowMs + lengthMs;
        _isLossy = isLossy;
    }

    public void Heal()
    {
        _troubledUntilMs = 0;
        foreach (var node in Nodes)
        {
            node.KeepWell(int.MaxValue);
        }
    }

    /// <summary>For one message. Unit: ms.</summary>
    public int Delay() => IsTroubled && _dice.Chance(4) ? _dice.Next(_isLossy ? 12_000 : 6_000) : _dice.Between(5, 150);

    /// <summary>To or from a node: those that are looked after answer soon. Unit: ms.</summary>
    public int DelayOf(string node) =>
        Array.Find(Nodes, one => one.Name == node)?.IsWell(Time.NowMs) is true ? _dice.Between(5, 150) : Delay();

    public bool IsLost() => IsTroubled && _isLossy && _dice.Chance(4);

    public Guid NextId() => new(1_000_000 + _ids++, 0, 0, new byte[8]);
}
