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

    public void Done(Amount paid = default)
    {
        ShardsDone++;
        Paid += paid;
    }
}
