using System.Net;

namespace Stk.Channels.Webhooks;

/// <summary>A name leads to an address that is not of the internet.</summary>
internal sealed class AddressNotAllowedException(IPAddress address) : Exception($"{address} is not of the internet");
