using System.Collections.Immutable;
using System.Security.Cryptography;
using Stk.Rules.Weeks;

namespace Stk.Cli.Replay;

/// <summary>
/// What a replay does, known before it begins: the weeks in the order of the files, each later than the one before.
/// </summary>
/// <param name="Fingerprint">Of the lines, in order: the same events in a plain file and in a gzip file agree.</param>
/// <param name="BadLines">Lines that cannot be read, and are left out.</param>
/// <param name="FirstBad">The first of them, with its place and its fault; null where there is none.</param>
internal sealed record ReplayPlan(
    ImmutableArray<WeekSlice> Slices, string Fingerprint, long BadLines = 0, string? FirstBad = null)
{
    public long Lines => Slices.Sum(slice => slice.Lines);

    /// <summary>Looks the files through. Memory: one line, and the weeks.</summary>
    /// <param name="skipBadLines">Leaves out, and counts, what cannot be read.</param>
    /// <exception cref="ReplayRefusal">A line cannot be read.</exception>
    public static ReplayPlan Of(
        IEnumerable<EventLine> lines, bool skipBadLines = false, CancellationToken cancellation = default)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var badLines = 0L;
        string? firstBad = null;
        var slices = Cut(lines.Select(line =>
        {
            cancellation.ThrowIfCancellationRequested();
            hash.AppendData(line.Bytes.Span);
            hash.AppendData("\n"u8);
            if (line.Fault is not { } fault)
            {
                return line.Week();
            }

            firstBad ??= $"{line.Place} {fault}";
            badLines++;
            return skipBadLines
                ? (WeekId?)null
                : throw new ReplayRefusal($"{firstBad}. Nothing was sent; --skip-bad-lines leaves out such lines, and counts them.");
        }));
        return new(slices, Convert.ToHexStringLower(hash.GetHashAndReset()), badLines, firstBad);
    }

    /// <summary>
    /// The first week that an economy has not closed: where it goes on that was restored from a copy of the middle of this
    /// replay. The first of all where its clock is later than them all: it was never in the middle.
    /// </summary>
    /// <param name="now">The economy's clock.</param>
    public int SliceAt(DateTimeOffset now)
    {
        var closed = Slices.TakeWhile(slice => now >= slice.Closed).Count();
        return closed == Slices.Length ? 0 : closed;
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
