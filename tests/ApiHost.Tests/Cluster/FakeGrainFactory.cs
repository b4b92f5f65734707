using System.Reflection;

namespace Stk.ApiHost.Tests.Cluster;

/// <summary>Hands out the fakes of a <see cref="FakeCluster"/> by interface and key.</summary>
public class FakeGrainFactory : DispatchProxy
{
    private FakeCluster? _cluster;

    public static IGrainFactory Of(FakeCluster cluster)
    {
        var factory = Create<IGrainFactory, FakeGrainFactory>();
        ((FakeGrainFactory)(object)factory)._cluster = cluster;
        return factory;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        targetMethod is { Name: nameof(IGrainFactory.GetGrain) } && args is [{ } key, ..]
            ? _cluster!.Find(targetMethod.ReturnType, key)
            : throw new NotSupportedException(targetMethod?.Name);
}
