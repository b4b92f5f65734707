namespace Stk.Grains.Notices;

/// <summary>What links in messages are signed with: read once, since it never changes.</summary>
internal sealed class LinkKey(PreferenceTable preferences)
{
    private byte[]? _key;

    public async ValueTask<byte[]> Get(CancellationToken cancellation) =>
        _key ??= await preferences.ReadLinkKey(cancellation);
}
