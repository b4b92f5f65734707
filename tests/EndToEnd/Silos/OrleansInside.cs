using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace Stk.EndToEnd.Silos;

/// <summary>What an attacker finds who looks behind what is public of Orleans.</summary>
internal static class OrleansInside
{
    private const BindingFlags Any =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;

    private static readonly Assembly Core = typeof(IClusterClient).Assembly;
    private static readonly Assembly Client = Assembly.Load("Orleans.Core");

    /// <summary>Calls a system target of a silo.</summary>
    public static Task PingSilo(IClusterClient client, SiloAddress silo)
    {
        var control = Find("Orleans.ISiloControl");
        var kind = Find("Orleans.Runtime.Constants").GetField("SiloControlType", Any)!.GetValue(null);
        var factory = client.ServiceProvider.GetRequiredService(Find("Orleans.IInternalGrainFactory"));
        var target = factory.GetType().GetInterfaceMap(Find("Orleans.IInternalGrainFactory")).InterfaceMethods
            .Single(method => method.Name == "GetSystemTarget"
                && method.GetParameters() is [{ ParameterType: var first }, _] && first == typeof(GrainType))
            .MakeGenericMethod(control).Invoke(factory, [kind, silo]);
        var ping = control.GetMethod("Ping", Any)!;
        return (Task)ping.Invoke(
            target,
            [.. ping.GetParameters().Select(parameter =>
                parameter.ParameterType == typeof(string) ? "hello" : Activator.CreateInstance(parameter.ParameterType))])!;
    }

    /// <summary>Lets all calls of a client say that an actor makes them. Their answers go to that actor.</summary>
    public static void Pretend(IClusterClient client, GrainId actor)
    {
        var runtime = client.ServiceProvider.GetRequiredService(Find("Orleans.Runtime.IRuntimeClient"));
        var property = runtime.GetType().GetProperty("CurrentActivationAddress", Any)!;
        var own = (GrainAddress)property.GetValue(runtime)!;
        property.SetValue(
            runtime,
            new GrainAddress { GrainId = actor, ActivationId = own.ActivationId, SiloAddress = own.SiloAddress });
    }

    /// <summary>Sends an answer that nobody has asked this client for.</summary>
    /// <param name="waiting">Who would take it for the answer of whom it has called.</param>
    public static void Answer(IClusterClient client, GrainId waiting)
    {
        var type = Find("Orleans.Runtime.Message");
        var message = Activator.CreateInstance(type)!;
        var direction = type.GetProperty("Direction", Any)!;
        direction.SetValue(message, Enum.Parse(direction.PropertyType, "Response"));
        type.GetProperty("TargetGrain", Any)!.SetValue(message, waiting);
        type.GetProperty("SendingGrain", Any)!.SetValue(message, waiting);
        var sender = client.ServiceProvider.GetRequiredService(Find("Orleans.Messaging.ClientMessageCenter"));
        sender.GetType().GetMethod("SendMessage", Any)!.Invoke(sender, [message]);
    }

    private static Type Find(string name) => Core.GetType(name) ?? Client.GetType(name)
        ?? throw new InvalidOperationException($"Orleans has no {name} any more");
}
