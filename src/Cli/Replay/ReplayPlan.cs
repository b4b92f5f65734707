using System.Collections.Immutable;
using System.Security.Cryptography;
using Stk.Rules.Weeks;

namespace Stk.Cli.Replay;

/// <summary>
/// What a replay does, known before it begins: the weeks in the order of the files, each later than the one before.
/// </summary>
/// <param name="Fingerprint">Of the lines, in order: the same events in a plain file and in a gzip file agree.</param>
internal sealed record ReplayPlan(ImmutableArray<WeekSlice> Slices, string Fingerprint)
{
    public long Lines => Slices.Sum(slice => slice.Lines);

    public static ReplayPlan Of(IEnumerable<EventLine> lines)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var slices = Cut(lines.Select(line =>
        {
            hash.AppendData(line.Bytes.Span);
            hash.AppendData("\n"u8);
            return line.Week();
        }));
        return new(slices, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    /// <summary>Cuts where a week begins that is later than all before it.</summary>
    /// <param name="weeks">One a line; null for a line that has no time.</param>
    public static ImmutableArray<WeekSlice> Cut(IEnumerable<WeekId?> weeks)
    {
        var slices = ImmutableArray.CreateBuilder<WeekSlice>();
        WeekId? current = null;
        var lines = 0L;
        foreach (var week in weeks)
        {
            if (week is { } own && (current is null || own > current))
            {
                if (current is { } before)
                {
                    slices.Add(new(before, lines));
                    lines = 0;
                }

                current = own;
            }

            lines++;
        }

        if (current is { } last)
        {
            slices.Add(new(last, lines));
        }

        return slices.ToImmutable();
    }
}
