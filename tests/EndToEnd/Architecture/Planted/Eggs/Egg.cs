using Stk.EndToEnd.Architecture.Planted.Hens;

namespace Stk.EndToEnd.Architecture.Planted.Eggs;

/// <summary>The other half.</summary>
public sealed class Egg
{
    public Hen? LaidBy { get; set; }
}
