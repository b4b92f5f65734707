namespace Stk.GrainInterfaces.Faults;

/// <summary>Too much is waiting already. Nothing was begun; asking again later is safe.</summary>
[GenerateSerializer, Alias("stk.fault.busy")]
public sealed class ClusterBusyException(string message) : Exception(message);
