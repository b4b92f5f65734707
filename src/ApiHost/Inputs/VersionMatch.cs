using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Net.Http.Headers;
using Stk.ApiHost.Cluster;
using Stk.GrainInterfaces.Services;

namespace Stk.ApiHost.Inputs;

/// <summary>
/// What If-Match asks of a service's version (RFC 9110, 13.1.1): any of a list, compared strongly; <c>*</c>, that there is
/// one; or nothing.
/// </summary>
internal sealed record VersionMatch
{
    /// <summary>A version that no service has.</summary>
    private const int Never = -1;

    private readonly ImmutableArray<int> _versions;
    private readonly bool _isAny;

    private VersionMatch(bool isAny, ImmutableArray<int> versions)
    {
        _isAny = isAny;
        _versions = versions;
    }

    /// <summary>Nothing is asked.</summary>
    public static VersionMatch None { get; } = new(false, default);

    /// <summary>A weak tag equals none here, and neither does one that is no version.</summary>
    public static VersionMatch Of(IEnumerable<EntityTagHeaderValue> tags)
    {
        var all = tags.ToImmutableArray();
        return new(
            all.Any(tag => tag.Equals(EntityTagHeaderValue.Any)),
            [.. all.Where(tag => !tag.IsWeak).Select(Version).Where(version => version > 0).Distinct()]);
    }

    /// <summary>
    /// The version to expect of a service; null where none is. Asks for the one that stands only where it must.
    /// </summary>
    /// <param name="provider">Whose proposal under the id is meant, if it is open; null for the public service.</param>
    public async Task<int?> Expected(
        string service, string? provider, GrainCalls calls, CancellationToken cancellation)
    {
        if (_versions.IsDefault)
        {
            return null;
        }

        if (!_isAny && _versions.Length <= 1)
        {
            return _versions.Length == 0 ? Never : _versions[0];
        }

        // Should it change between this and the write, the write is refused as if it had changed a moment before.
        var stands = await calls.Read(
            (grains, attempt) => provider is null
                ? grains.GetGrain<IServiceGrain>(service).Get()
                : grains.GetGrain<IServiceGrain>(service).Look(provider, attempt),
            cancellation);
        return stands is null ? Never
            : _isAny ? null
            : _versions.Contains(stands.Version) ? stands.Version
            : Never;
    }

    private static int Version(EntityTagHeaderValue tag) =>
        tag.Tag.Length > 2
        && int.TryParse(tag.Tag.AsSpan()[1..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? version
            : Never;
}
