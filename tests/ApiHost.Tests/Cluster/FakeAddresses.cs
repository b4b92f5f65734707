using Stk.GrainInterfaces.Deliveries;
using Stk.Rules.Notices;

namespace Stk.ApiHost.Tests.Cluster;

/// <summary>Keeps addresses as they are set; the forum is not offered here, and mail is confirmed at once.</summary>
public sealed class FakeAddresses : IAddressesGrain
{
    public const string Secret = "whsec_c2VjcmV0";

    private readonly SortedDictionary<NoticeChannel, AddressView> _addresses = [];

    public Task<AddressesView> Get(CancellationToken cancellation) =>
        Task.FromResult(new AddressesView([.. _addresses.Values]));

    public Task<SetAddressReply> Set(SetAddressRequest request, CancellationToken cancellation)
    {
        if (request.Address is not { } address)
        {
            _addresses.Remove(request.Channel);
            return Task.FromResult<SetAddressReply>(new SetAddressReply.Done(null, null));
        }

        if (request.Channel == NoticeChannel.Discourse)
        {
            return Task.FromResult<SetAddressReply>(new SetAddressReply.NotOffered());
        }

        if (address == "many@example.org")
        {
            return Task.FromResult<SetAddressReply>(new SetAddressReply.TooMany());
        }

        var isNew = !_addresses.ContainsKey(request.Channel);
        _addresses[request.Channel] = new(request.Channel, address, IsConfirmed: true, IsOff: false, FailuresInRow: 0);
        return Task.FromResult<SetAddressReply>(new SetAddressReply.Done(
            _addresses[request.Channel], isNew && request.Channel == NoticeChannel.Webhook ? Secret : null));
    }

    public Task<string?> ChangeSecret(CancellationToken cancellation) =>
        Task.FromResult(_addresses.ContainsKey(NoticeChannel.Webhook) ? Secret : null);
}
