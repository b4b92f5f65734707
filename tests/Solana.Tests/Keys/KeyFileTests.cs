using Stk.Solana.Keys;

namespace Stk.Solana.Tests.Keys;

public sealed class KeyFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("stk-keys-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void What_is_written_is_read_again_and_only_its_owner_may_read_it()
    {
        var path = Path.Combine(_folder.FullName, "id.json");
        KeyFile.Write(path, TestKeys.Seed(9));
        using var account = KeyFile.Read(path);
        using var expected = Account.FromSeed(TestKeys.Seed(9));

        Assert.Equal(expected.PublicKey, account.PublicKey);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }
    }

    [Fact]
    public void A_key_is_never_written_over()
    {
        var path = Path.Combine(_folder.FullName, "id.json");
        KeyFile.Write(path, TestKeys.Seed(9));
        Assert.Throws<IOException>(() => KeyFile.Write(path, TestKeys.Seed(10)));
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    public void A_file_that_others_may_touch_is_refused(UnixFileMode others)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var path = Path.Combine(_folder.FullName, "id.json");
        KeyFile.Write(path, TestKeys.Seed(9));
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | others);
        var flaw = Assert.Throws<KeyFileException>(() => KeyFile.Read(path));
        Assert.Contains("600", flaw.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(63, "63 numbers")]
    [InlineData(65, "65 numbers")]
    [InlineData(32, "32 numbers")]
    [InlineData(0, "0 numbers")]
    public void A_file_of_another_length_is_refused(int count, string expected)
    {
        var flaw = Assert.Throws<KeyFileException>(() => Read($"[{string.Join(',', Enumerable.Repeat(1, count))}]"));
        Assert.Contains(expected, flaw.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[1,2")]
    [InlineData("[256]")]
    [InlineData("[-1]")]
    [InlineData("[1.5]")]
    [InlineData("[\"1\"]")]
    [InlineData("[[1]]")]
    [InlineData("[] []")]
    [InlineData("-----BEGIN PRIVATE KEY-----")]
    public void A_file_of_another_kind_is_refused(string content) =>
        Assert.Throws<KeyFileException>(() => Read(content));

    [Fact]
    public void A_flaw_quotes_nothing_of_the_secret()
    {
        var flaw = Assert.Throws<KeyFileException>(() => Read("[\"hunter2-secret\"]"));
        Assert.DoesNotContain("hunter2", flaw.ToString(), StringComparison.Ordinal);
        flaw = Assert.Throws<KeyFileException>(() => Read("[1, hunter2]"));
        Assert.DoesNotContain("hunter2", flaw.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_pair_that_does_not_belong_together_is_refused() =>
        Assert.Throws<KeyFileException>(() => Read($"[{string.Join(',', Enumerable.Repeat(1, 64))}]"));

    private Account Read(string content)
    {
        var path = Path.Combine(_folder.FullName, "bad.json");
        File.WriteAllText(path, content);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead);
        }

        return KeyFile.Read(path);
    }
}
