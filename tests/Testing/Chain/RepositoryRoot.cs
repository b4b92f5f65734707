namespace Stk.Testing.Chain;

/// <summary>Where the sources are: what a test starts from them is found from here.</summary>
public static class RepositoryRoot
{
    /// <exception cref="DirectoryNotFoundException">No folder above the test's own holds the solution.</exception>
    public static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Stk.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No Stk.sln above {AppContext.BaseDirectory}.");
    }
}
