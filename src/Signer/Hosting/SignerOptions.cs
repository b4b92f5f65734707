using System.ComponentModel.DataAnnotations;
using System.Text;

namespace Stk.Signer.Hosting;

/// <summary>Where the signer's own things are.</summary>
internal sealed class SignerOptions : IValidatableObject
{
    public const string Section = "Stk:Signer";

    // Of sockaddr_un on Linux, with the zero at its end.
    private const int SocketPathMost = 107;

    /// <summary>The path of the Unix socket. It is made anew at each start, mode 600.</summary>
    [Required]
    public string Socket { get; set; } = "";

    /// <summary>Where the append-only file is: for its owner alone, on a disk that keeps what it is told to.</summary>
    [Required]
    public string Directory { get; set; } = "";

    /// <summary>The float's key, as <c>./stk chain init</c> makes it; mode 400 or 600.</summary>
    [Required]
    public string KeyFile { get; set; } = "";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Encoding.UTF8.GetByteCount(Socket) > SocketPathMost)
        {
            yield return new(
                $"{Section}:Socket is longer than {SocketPathMost} bytes, and the system takes no longer path.", [nameof(Socket)]);
        }
    }
}
