using Stk.Rules.Money;

namespace Stk.Grains.Weeks;

/// <summary>How far the stage under way is, for operators to watch.</summary>
internal sealed class StageProgress
{
    public int ShardsDone { get; private set; }

    public Amount Paid { get; private set; }

    public void Begin()
    {
        ShardsDone = 0;
        Paid = Amount.Zero;
    }

    /// <summary>Shards that have nothing to do in this stage.</summary>
    public void DoneAlready(int shards) => ShardsDone += shards;

    public void Done(Amount paid = default)
    {
        ShardsDone++;
        Paid += paid;
    }
}
