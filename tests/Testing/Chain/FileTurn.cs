namespace Stk.Testing.Chain;

/// <summary>One process at a time, by a file that is open for writing in one only.</summary>
internal static class FileTurn
{
    public static async Task<IDisposable> Take(string path, CancellationToken cancellation)
    {
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None);
            }
            catch (IOException)
            {
                await poll.WaitForNextTickAsync(cancellation);
            }
        }
    }
}
