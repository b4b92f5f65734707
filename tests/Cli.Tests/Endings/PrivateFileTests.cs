using Stk.Cli.Endings;
using Xunit;

namespace Stk.Cli.Tests.Endings;

public sealed class PrivateFileTests
{
    [Fact]
    public void What_names_people_is_its_owners_alone_also_over_a_file_that_anybody_could_read()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("stk-private-").FullName, "progress.json");
        File.WriteAllText(file, "old");
        File.WriteAllText(file + ".new", "left over");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        }

        PrivateFile.Replace(file, "new"u8);

        Assert.Equal("new", File.ReadAllText(file));
        Assert.False(File.Exists(file + ".new"));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
    }
}
