using System.Collections.Immutable;
using Stk.GrainInterfaces.Callers;
using Stk.Rules.Notices;

namespace Stk.GrainInterfaces.Deliveries;

/// <summary>Where a participant wants to be told beside the inbox. Key: the participant id.</summary>
[Alias("stk.addresses")]
public interface IAddressesGrain : IGrainWithStringKey
{
    [Alias("get"), AlwaysInterleave, MayCall(CallerRoles.Readers)]
    Task<AddressesView> Get(CancellationToken cancellation);

    /// <summary>Sets the address of a channel, or removes it. The same again changes nothing.</summary>
    [Alias("set"), MayCall(CallerRoles.Self)]
    Task<SetAddressReply> Set(SetAddressRequest request, CancellationToken cancellation);

    /// <summary>
    /// Gives the webhook another secret, which is answered this once; the one before counts for a day. Null: there is none.
    /// </summary>
    [Alias("change-secret"), MayCall(CallerRoles.Self)]
    Task<string?> ChangeSecret(CancellationToken cancellation);
}

/// <param name="Addresses">In the order of the channels.</param>
[GenerateSerializer, Immutable, Alias("stk.addresses-view")]
public sealed record AddressesView([property: Id(0)] ImmutableArray<AddressView> Addresses);

/// <param name="IsConfirmed">Nothing but the link to confirm it is sent before.</param>
/// <param name="IsOff">It refused for three weeks: nothing is sent until it is set again.</param>
/// <param name="FailuresInRow">Since it took something.</param>
/// <param name="ConfirmBy">
/// Until when the link that was sent to confirm it is good, by the host's clock; null where it waits for none.
/// </param>
[GenerateSerializer, Immutable, Alias("stk.address-view")]
public sealed record AddressView(
    [property: Id(0)] NoticeChannel Channel,
    [property: Id(1)] string Address,
    [property: Id(2)] bool IsConfirmed,
    [property: Id(3)] bool IsOff,
    [property: Id(4)] int FailuresInRow,
    [property: Id(5)] DateTimeOffset? ConfirmBy = null);

/// <param name="Address">As the rules of the channel have it; null removes it.</param>
/// <param name="Language">Of the letter that asks to confirm: ru or en.</param>
/// <param name="IsAgain">Another such letter, where this address waits to be confirmed; nothing else is changed.</param>
[GenerateSerializer, Immutable, Alias("stk.set-address")]
public sealed record SetAddressRequest(
    [property: Id(0)] NoticeChannel Channel,
    [property: Id(1)] string? Address,
    [property: Id(2)] string Language,
    [property: Id(3)] bool IsAgain = false);

/// <summary>What became of an address. A closed set.</summary>
[GenerateSerializer, Immutable, Alias("stk.set-address-reply")]
public abstract record SetAddressReply
{
    private SetAddressReply() { }

    /// <param name="Address">Null where it was removed.</param>
    /// <param name="Secret">Of a new webhook: shown this once.</param>
    [GenerateSerializer, Immutable, Alias("stk.set-address-reply.done")]
    public sealed record Done([property: Id(0)] AddressView? Address, [property: Id(1)] string? Secret) : SetAddressReply;

    /// <summary>Nobody has this id.</summary>
    [GenerateSerializer, Immutable, Alias("stk.set-address-reply.unknown")]
    public sealed record Unknown : SetAddressReply;

    /// <summary>This installation cannot have an address confirmed.</summary>
    [GenerateSerializer, Immutable, Alias("stk.set-address-reply.not-offered")]
    public sealed record NotOffered : SetAddressReply;

    /// <summary>Five letters to confirm an address were sent within a day.</summary>
    [GenerateSerializer, Immutable, Alias("stk.set-address-reply.too-many")]
    public sealed record TooMany : SetAddressReply;
}
