using Stk.Hosting;
using Stk.Solana.Keys;

namespace Stk.Signer.Hosting;

/// <summary>The one key that the signer has.</summary>
internal static class FloatKey
{
    private const UnixFileMode OwnerReads = UnixFileMode.UserRead;
    private const UnixFileMode OwnerWritesToo = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <exception cref="RefusedToStartException">It is missing, no key, or wider than mode 600.</exception>
    public static Account Read(string path)
    {
        try
        {
            return !OperatingSystem.IsWindows() && File.GetUnixFileMode(path) is not (OwnerReads or OwnerWritesToo)
                ? throw new RefusedToStartException($"The key file {path} must have mode 400 or 600, and no other.")
                : KeyFile.Read(path);
        }
        catch (KeyFileException flaw)
        {
            throw new RefusedToStartException(flaw.Message, flaw);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new RefusedToStartException($"The key file {path} cannot be read ({failure.GetType().Name}).", failure);
        }
    }
}
