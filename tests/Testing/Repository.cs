namespace Stk.Testing;

/// <summary>Where the tests were built from.</summary>
public static class Repository
{
    /// <summary>The directory of <c>Stk.sln</c>, found upward from the test assembly.</summary>
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string from)
    {
        for (var directory = new DirectoryInfo(from); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "Stk.sln")))
            {
                return directory.FullName;
            }
        }

        throw new InvalidOperationException($"No Stk.sln above {from}: tests run inside the repository.");
    }
}
