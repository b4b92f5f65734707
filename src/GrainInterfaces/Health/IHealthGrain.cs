using Stk.GrainInterfaces.Callers;

namespace Stk.GrainInterfaces.Health;

/// <summary>What the silo that answers knows of its own health. Key: 0; each silo has one of its own.</summary>
[Alias("stk.health")]
public interface IHealthGrain : IGrainWithIntegerKey
{
    /// <summary>False where this silo cannot read its database: nothing can be stored by it now.</summary>
    [Alias("has-database"), AlwaysInterleave, MayCall(CallerRoles.Host)]
    ValueTask<bool> HasDatabase();
}
