using System.CommandLine;
using Stk.Hosting;
using Stk.Hosting.Certificates;

namespace Stk.Silo.Verbs;

/// <summary>
/// <c>certificates --directory DIR [--days N]</c>: an authority, a certificate for silos and one for API hosts, where they
/// are missing or end soon.
/// </summary>
internal static class CertificatesVerb
{
    // A little more than a year: whoever renews once a year is never late.
    private const int DaysDefault = 398;

    public static Command Command()
    {
        var directory = new Option<string>("--directory") { Required = true, Description = "Where they are, or shall be." };
        var days = new Option<int>("--days")
        {
            DefaultValueFactory = _ => DaysDefault,
            Description = "How long a new host's certificate is good.",
        };
        days.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 61 or > 3_650)
            {
                result.AddError("--days must be 61 to 3650: a certificate is made anew when 60 days are left.");
            }
        });
        var command = new Command("certificates", "Makes the authority and the hosts' certificates that are missing or end soon.")
        {
            directory, days,
        };
        command.SetAction(parsed =>
        {
            var made = Complete(parsed.GetValue(directory)!, TimeSpan.FromDays(parsed.GetValue(days)));
            Console.WriteLine(made.Count == 0 ? "All certificates are good." : $"Made: {string.Join(", ", made)}.");
        });
        return command;
    }

    private static IReadOnlyList<string> Complete(string directory, TimeSpan lifetime)
    {
        try
        {
            return CertificateDirectory.Complete(directory, lifetime, TimeProvider.System);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RefusedToStartException($"The certificates cannot be made: {exception.Message}", exception);
        }
    }
}
