using System.Collections.Immutable;
using Stk.GrainInterfaces.Callers;
using Stk.GrainInterfaces.Emission;
using Stk.Rules.Money;

namespace Stk.GrainInterfaces.Statistics;

/// <summary>How STK are spread over participants. Key: 0.</summary>
[Alias("stk.distribution-grain")]
public interface IDistributionGrain : IGrainWithIntegerKey
{
    /// <summary>May be a minute old.</summary>
    [Alias("report"), AlwaysInterleave, MayCall(CallerRoles.Everybody)]
    Task<DistributionReply> GetReport(CancellationToken cancellation);
}

/// <param name="Funds">In the source's order.</param>
/// <param name="Holders">Participants with more than nothing, available, frozen and settling together.</param>
/// <param name="Classes">Holders by size, smallest first.</param>
/// <param name="Top">The hundred largest, largest first.</param>
/// <param name="GiniTenThousandths">Of the holders, 0 to 10,000: 4,215 is 0.4215.</param>
[GenerateSerializer, Immutable, Alias("stk.distribution")]
public sealed record DistributionReply(
    [property: Id(0)] DateTimeOffset At,
    [property: Id(1)] ImmutableArray<FundView> Funds,
    [property: Id(2)] long Holders,
    [property: Id(3)] ImmutableArray<SizeClassView> Classes,
    [property: Id(4)] ImmutableArray<HolderView> Top,
    [property: Id(5)] int GiniTenThousandths);

/// <param name="From">Inclusive.</param>
/// <param name="Below">Exclusive; null for the last class.</param>
/// <param name="ShareBp">Of all that holders have. Unit: basis points.</param>
[GenerateSerializer, Immutable, Alias("stk.size-class")]
public sealed record SizeClassView(
    [property: Id(0)] Amount From, [property: Id(1)] Amount? Below, [property: Id(2)] long Holders,
    [property: Id(3)] int ShareBp);

/// <param name="Pseudonym">Another in each report: reports cannot be joined.</param>
/// <param name="ShareBp">Of all that holders have, rounded to whole basis points: no exact sum.</param>
[GenerateSerializer, Immutable, Alias("stk.holder")]
public sealed record HolderView([property: Id(0)] string Pseudonym, [property: Id(1)] int ShareBp);
