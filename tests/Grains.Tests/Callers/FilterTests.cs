using System.Reflection;
using Orleans.Serialization.Invocation;
using Stk.Grains.Tests.Economies;
using Stk.Hosting.Callers;
using Xunit;

namespace Stk.Grains.Tests.Callers;

/// <summary>The silos' secret goes with one call to a silo, and no further.</summary>
public sealed class FilterTests
{
    private static readonly GrainId Actor = GrainId.Create("spender", "ann");
    private static readonly GrainId Client = GrainId.Create("sys.client", "a-client");

    [Fact]
    public async Task A_call_of_an_actor_has_the_secret_while_it_is_sent()
    {
        var call = new Call(Actor);

        await new SiloCallFilter(Acting.Secrets).Invoke(call);

        Assert.NotEmpty(call.Seen);
        Assert.Empty(RequestContext.Keys);
    }

    [Fact]
    public async Task A_call_of_a_client_has_none()
    {
        var call = new Call(Client);

        await new SiloCallFilter(Acting.Secrets).Invoke(call);

        Assert.Empty(call.Seen);
    }

    [Fact]
    public void What_came_with_a_call_does_not_go_on_with_the_next()
    {
        CallProof.Show("a token");

        Assert.Equal((null, "a token"), CallProof.Take());

        Assert.Equal((null, null), CallProof.Take());
        Assert.Empty(RequestContext.Keys);
    }

    private sealed class Call(GrainId target) : IOutgoingGrainCallContext
    {
        public string[] Seen { get; private set; } = [];

        public GrainId TargetId => target;

        public IGrainContext? SourceContext => null;

        public GrainId? SourceId => null;

        public IInvokable Request => throw new InvalidOperationException();

        public object Grain => this;

        public GrainInterfaceType InterfaceType => default;

        public string InterfaceName => "";

        public string MethodName => "";

        public MethodInfo InterfaceMethod => throw new InvalidOperationException();

        public object? Result { get; set; }

        public Response? Response { get; set; }

        public Task Invoke()
        {
            Seen = [.. RequestContext.Keys];
            return Task.CompletedTask;
        }
    }
}
