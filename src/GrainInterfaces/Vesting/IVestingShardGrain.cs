namespace Stk.GrainInterfaces.Vesting;

/// <summary>The frozen rewards of one shard: a 64th of the participants. Key: the shard, 0 to 63.</summary>
[Alias("stk.vesting-shard")]
public interface IVestingShardGrain : IGrainWithIntegerKey
{
    /// <summary>How long a shard of a day on which millions of grants are due may take on a busy machine.</summary>
    private const string Patience = "00:10:00";

    /// <summary>
    /// Decides what is due on a day, and pays out what is decided. May be repeated: what is done already is not done again.
    /// </summary>
    [Alias("run"), ResponseTimeout(Patience)]
    Task<VestingRun> Run(DateOnly day);
}

/// <param name="Decided">Grants that were decided now.</param>
/// <param name="Posted">Decisions that were paid out now, from an earlier try too.</param>
/// <param name="Waiting">Due grants that wait for evidence.</param>
[GenerateSerializer, Immutable, Alias("stk.vesting-run")]
public sealed record VestingRun([property: Id(0)] int Decided, [property: Id(1)] int Posted, [property: Id(2)] int Waiting);
