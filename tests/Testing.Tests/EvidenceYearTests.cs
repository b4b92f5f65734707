using System.IO.Compression;
using Stk.Testing.Economies;
using Xunit;

namespace Stk.Testing.Tests;

public sealed class EvidenceYearTests
{
    private static readonly string Kept =
        Path.Combine(Repository.Root, "tests", "Testing", "Economies", "evidence-year.jsonl.gz");

    [Fact]
    public async Task The_file_in_the_repository_is_what_the_seed_gives()
    {
        var text = string.Concat(EvidenceYear.Of(EvidenceYear.Weeks).Select(one => $"{one.Line}\n"));
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
        {
            await using var written = new StreamWriter(
                new GZipStream(File.Create(Kept), CompressionLevel.SmallestSize));
            await written.WriteAsync(text);
        }

        using var kept = new StreamReader(new GZipStream(File.OpenRead(Kept), CompressionMode.Decompress));
        Assert.Equal(await kept.ReadToEndAsync(), text);
    }

    [Fact]
    public void It_has_people_who_fall_silent_and_return_and_evidence_of_every_kind()
    {
        var year = EvidenceYear.Of(EvidenceYear.ShortWeeks);

        Assert.Equal(year, year.OrderBy(one => one.At).ThenBy(one => one.Key, StringComparer.Ordinal));
        Assert.Equal(EvidenceYear.ShortWeeks, year.Select(EvidenceYear.WeekOf).Distinct().Count());
        string[] kinds =
            ["PeerReviewWithdrawn", "PeerReviewWithdrawnRetracted", "ProjectValidated", "MentoringRated", "ReferralActivated"];
        Assert.All(kinds, kind => Assert.Contains(year, one => one.Type == kind));
        Assert.Contains(year, one => one.Participant == EvidenceYear.Name(0) && EvidenceYear.WeekOf(one) > 13);
        Assert.DoesNotContain(year, one => one.Participant == EvidenceYear.Name(1)
            && EvidenceYear.WeekOf(one) > 0 && !one.Key.Contains("said", StringComparison.Ordinal));
    }
}
