using Stk.EndToEnd.Architecture.Planted.Eggs;

namespace Stk.EndToEnd.Architecture.Planted.Hens;

/// <summary>Half of a circle that <see cref="FolderTests"/> must find.</summary>
public sealed class Hen
{
    public Egg? Laid { get; set; }
}
