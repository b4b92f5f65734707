using Stk.GrainInterfaces.Deliveries;
using Stk.Rules.Notices;

namespace Stk.ApiHost.Tests.Cluster;

/// <summary>
/// Keeps addresses as they are set; the forum is not offered here, and mail is confirmed at once, but for those that begin
/// with late. Of these a second letter more is one too many.
/// </summary>
public sealed class FakeAddresses : IAddressesGrain
{
    public const string Secret = "whsec_c2VjcmV0";

    public static readonly DateTimeOffset ConfirmBy = new(2026, 1, 8, 9, 0, 0, TimeSpan.Zero);

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

        if (address.StartsWith("late", StringComparison.Ordinal))
        {
            if (request.IsAgain && _addresses[request.Channel].ConfirmBy > ConfirmBy)
            {
                return Task.FromResult<SetAddressReply>(new SetAddressReply.TooMany());
            }

            _addresses[request.Channel] = new(
                request.Channel, address, IsConfirmed: false, IsOff: false, FailuresInRow: 0,
                request.IsAgain ? ConfirmBy.AddDays(3) : ConfirmBy);
            return Task.FromResult<SetAddressReply>(new SetAddressReply.Done(_addresses[request.Channel], null));
        }

        var isNew = !_addresses.ContainsKey(request.Channel);
        _addresses[request.Channel] = new(request.Channel, address, IsConfirmed: true, IsOff: false, FailuresInRow: 0);
        return Task.FromResult<SetAddressReply>(new SetAddressReply.Done(
            _addresses[request.Channel], isNew && request.Channel == NoticeChannel.Webhook ? Secret : null));
    }

    public Task<string?> ChangeSecret(CancellationToken cancellation) =>
        Task.FromResult(_addresses.ContainsKey(NoticeChannel.Webhook) ? Secret : null);
}
