using Stk.GrainInterfaces.Health;

namespace Stk.ApiHost.Tests.Cluster;

/// <summary>A silo that has its database until it is told otherwise.</summary>
public sealed class FakeHealth : IHealthGrain
{
    public bool IsDatabaseLost { get; set; }

    /// <summary>Thrown in place of an answer.</summary>
    public Exception? Fails { get; set; }

    public ValueTask<bool> HasDatabase() => Fails is { } failure
        ? ValueTask.FromException<bool>(failure)
        : ValueTask.FromResult(!IsDatabaseLost);
}
