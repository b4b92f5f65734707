using Stk.EndToEnd.Architecture.Planted.Eggs;
using Stk.EndToEnd.Architecture.Planted.Hens;

namespace Stk.EndToEnd.Architecture.Planted.Nests;

/// <summary>Needs both, and is needed by neither: no part of the circle.</summary>
public sealed class Nest
{
    public Hen? Sitting { get; set; }

    public Egg? Under { get; set; }
}
