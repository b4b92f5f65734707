using Stk.Rules.Money;
using Stk.Rules.Weeks;

namespace Stk.Grains.Corrections;

/// <summary>A correction as its row has it, but for what is free text.</summary>
/// <param name="Participant">The number.</param>
/// <param name="Id">The participant's outside id.</param>
/// <param name="Revision">The statement's that first has it.</param>
/// <param name="Level">The participant's in that week, where it gave no statement; else null.</param>
internal sealed record CorrectionTerms(
    WeekId Week, long Participant, string Id, Amount Amount, int Revision, int? Level);
