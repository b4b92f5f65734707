namespace Stk.Grains;

/// <summary>Where coordinators keep their state: under 4 KB each, by the AdoNet provider.</summary>
public static class GrainStorage
{
    /// <summary>The provider's name. Stored with each state: fixed for ever.</summary>
    public const string Name = "stk-state";
}
