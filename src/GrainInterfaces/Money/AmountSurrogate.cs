using Stk.Rules.Money;

namespace Stk.GrainInterfaces.Money;

/// <summary>How an <see cref="Amount"/> travels: Rules need not know Orleans.</summary>
[GenerateSerializer, Immutable, Alias("stk.amount")]
public struct AmountSurrogate
{
    [Id(0)]
    public long Micro;
}

[RegisterConverter]
public sealed class AmountConverter : IConverter<Amount, AmountSurrogate>
{
    public Amount ConvertFromSurrogate(in AmountSurrogate surrogate) => new(surrogate.Micro);

    public AmountSurrogate ConvertToSurrogate(in Amount value) => new() { Micro = value.Micro };
}
