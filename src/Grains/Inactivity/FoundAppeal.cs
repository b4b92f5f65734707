using Stk.GrainInterfaces.Inactivity;
using Stk.Rules.Inactivity;
using Stk.Rules.Money;
using Stk.Rules.Quarters;

namespace Stk.Grains.Inactivity;

/// <summary>An appeal, and how far the quarter has come with whoever appeals.</summary>
/// <param name="Debit">Null where nothing was taken.</param>
/// <param name="Line">The attempt that counts; null where the run has not come to them.</param>
internal sealed record FoundAppeal(StoredAppeal Stored, StoredDebit? Debit, StoredLine? Line)
{
    public AppealView View => Stored.View;

    public long Participant => Stored.Participant;

    public QuarterId Quarter => Stored.Quarter;

    public bool IsOpen => View.State == AppealState.Open;

    /// <summary>What its acceptance gives back; null where that moves nothing.</summary>
    public Amount? Back => Debit is { Returned: null } taken ? taken.Amount : null;

    /// <summary>What its acceptance leaves somebody with who would not have it: given back, or spared.</summary>
    public Amount Given => Debit is { Returned: not null } ? Amount.Zero : Back ?? View.Sum;
}
