namespace Stk.Grains.Registry;

/// <summary>Who pays or buys.</summary>
/// <param name="Number">Null where nobody has this id yet: it has nothing to spend.</param>
internal readonly record struct Payer(string Id, long? Number);
