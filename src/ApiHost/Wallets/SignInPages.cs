using System.Collections.Immutable;
using Stk.ApiHost.Inputs;
using Stk.ApiHost.Problems;
using Stk.Hosting;

namespace Stk.ApiHost.Wallets;

/// <summary>
/// Whose pages a wallet may be linked on: <c>Stk:SignIn:Domains</c>, each as an address line has it, <c>stk.example</c> or
/// <c>stk.example:8443</c>. In Development, where none is given, all of this machine.
/// </summary>
internal sealed class SignInPages
{
    private readonly ImmutableArray<string> _domains;
    private readonly bool _isDevelopment;

    /// <exception cref="RefusedToStartException">A domain is none.</exception>
    public SignInPages(IConfiguration configuration, IHostEnvironment environment)
    {
        _domains = [.. configuration.GetSection("Stk:SignIn:Domains").Get<string[]>() ?? []];
        _isDevelopment = environment.IsDevelopment();
        if (_domains.Any(domain => !IsDomain(domain)))
        {
            throw new RefusedToStartException(
                "Stk:SignIn:Domains must be hosts as an address line has them, stk.example or stk.example:8443.");
        }
    }

    /// <summary>
    /// The page that asks, as its browser says; the installation's first page where no browser asks. A wallet signs for no
    /// other domain than that of the page that it is open on.
    /// </summary>
    public Reading<Uri> Of(HttpRequest request)
    {
        if (request.Headers.Origin is [{ } origin])
        {
            return Uri.TryCreate(origin, UriKind.Absolute, out var page) && page.Scheme is "http" or "https" && IsOurs(page)
                ? new Reading<Uri>.Read(page)
                : Problem.Invalid("Origin", "must be a page of this installation (Stk:SignIn:Domains)");
        }

        if (_domains is [var first, ..])
        {
            return new Reading<Uri>.Read(new Uri($"https://{first}/"));
        }

        return _isDevelopment && Uri.TryCreate($"http://{request.Host.Value}/", UriKind.Absolute, out var host)
            && IsOurs(host)
            ? new Reading<Uri>.Read(host)
            : new Problem(ProblemTypes.Unavailable)
            {
                Detail = "Wallets are not linked here: Stk:SignIn:Domains names no page that they could sign for.",
            };
    }

    private bool IsOurs(Uri page) => _domains.IsEmpty
        ? _isDevelopment && page.IsLoopback
        : _domains.Contains(page.Authority, StringComparer.OrdinalIgnoreCase);

    private static bool IsDomain(string text) =>
        Uri.TryCreate($"https://{text}/", UriKind.Absolute, out var uri)
        && string.Equals(uri.Authority, text, StringComparison.OrdinalIgnoreCase) && text.All(char.IsAscii);
}
