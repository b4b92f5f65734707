using Orleans.Services;

namespace Stk.Grains.Clocks;

/// <summary>The clock of one silo, told by the schedule: a setting is done only when every silo has it.</summary>
// Its full name is fixed: Orleans makes the id of a grain service from it, alias or not. Under another name the silos of the
// build before and of this one would not find each other's clocks during an upgrade.
[Alias("stk.silo-clock")]
internal interface ISiloClock : IGrainService
{
    /// <summary>Takes a setting of the manual clock; null where the host's clock rules.</summary>
    /// <param name="version">Grows with each setting and step.</param>
    [Alias("stand")]
    Task Set(long version, DateTimeOffset reached, DateTimeOffset target);

    /// <summary>Answers once this silo has heard the journal up to a commit, and of the weeks closed so far.</summary>
    [Alias("catch-up")]
    Task CatchUp(long sequence);
}
