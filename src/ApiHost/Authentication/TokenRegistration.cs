using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Stk.Hosting.Tokens;

namespace Stk.ApiHost.Authentication;

internal static class TokenRegistration
{
    public const string CookieName = "stk-operator";
    public static readonly TimeSpan CookieLifetime = TimeSpan.FromHours(8);

    // A kilobyte or two each.
    private const int TokensKept = 20_000;

    private const string Bearer = JwtBearerDefaults.AuthenticationScheme;
    private const string Cookie = CookieAuthenticationDefaults.AuthenticationScheme;

    public static void AddTokens(this WebApplicationBuilder builder, TokenKeys keys)
    {
        builder.Services.AddSingleton(keys);
        builder.Services.AddSingleton(services =>
            new TokenCache<TokenValidationResult>(services.GetRequiredService<TimeProvider>(), TokensKept));
        builder.Services.AddOptions<JwtBearerOptions>(Bearer)
            .Configure<TokenCache<TokenValidationResult>>((options, cache) =>
            {
                options.TokenHandlers.Clear();
                options.TokenHandlers.Add(new CachedTokens(cache) { MapInboundClaims = false });
            });
        builder.Services.AddAuthentication(Bearer)
            .AddJwtBearer(Bearer, options =>
            {
                options.MapInboundClaims = false;
                options.SaveToken = false;
                options.TokenValidationParameters = TokenRules.Parameters(keys);
                options.Events = new JwtBearerEvents
                {
                    OnMessageReceived = context =>
                    {
                        if (context.Request.Headers.Authorization.Count > 1)
                        {
                            context.Fail("more than one Authorization header");
                        }

                        return Task.CompletedTask;
                    },
                    OnTokenValidated = async context =>
                    {
                        if (context.Principal is not { } token || !TokenRules.IsBearer(token)
                            || !await StandingOf(context.HttpContext).IsGood(token, context.HttpContext.RequestAborted))
                        {
                            context.Fail("no bearer token of ours, or none any more");
                        }
                        else if (context.SecurityToken is JsonWebToken verified)
                        {
                            context.HttpContext.Features.Set(new VerifiedBearer(verified.EncodedToken));
                        }
                    },
                };
            })
            .AddCookie(Cookie, KeepSessions);

        builder.Services.AddAuthorizationBuilder()
            .AddPolicy(Policy.ReadParticipant, Of(Role.Participant, Role.Operator, Role.Auditor))
            .AddPolicy(Policy.ReadEconomy, Of(Role.Participant, Role.Operator, Role.Auditor))
            .AddPolicy(Policy.Spend, Of(Role.Participant))
            .AddPolicy(Policy.CheckEntitlement, Of(Role.Ingest, Role.Participant, Role.Operator, Role.Auditor))
            .AddPolicy(Policy.UseEntitlement, Of(Role.Ingest))
            .AddPolicy(Policy.SendEvents, Of(Role.Ingest))
            .AddPolicy(Policy.ReadAdmin, Of(Role.Operator, Role.Auditor))
            .AddPolicy(Policy.WriteAdmin, Of(Role.Operator))
            .AddPolicy(Policy.Session, new AuthorizationPolicyBuilder(Cookie).RequireRole(Role.Operator).Build())
            .AddPolicy(Policy.Dashboard, new AuthorizationPolicyBuilder(Bearer, Cookie).RequireRole(Role.Operator).Build());
        builder.Services.AddSingleton<RevocationCache>();
        builder.Services.AddHostedService(services => services.GetRequiredService<RevocationCache>());
        builder.Services.AddSingleton<TokenStanding>();
        builder.Services.AddSingleton<RegisterCache>();
        builder.Services.AddHostedService(services => services.GetRequiredService<RegisterCache>());
        builder.Services.AddSingleton<IAuthorizationMiddlewareResultHandler, AuthorizationAnswers>();
        AddCookieKeys(builder);
    }

    private static void KeepSessions(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = CookieName;
        options.Cookie.Path = "/ops";
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Strict;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = CookieLifetime;
        options.SlidingExpiration = false;
        options.Events.OnValidatePrincipal = async context =>
        {
            if (context.Principal is not { } session
                || !await StandingOf(context.HttpContext).IsGood(
                    session, context.Properties, context.HttpContext.RequestAborted))
            {
                context.RejectPrincipal();
            }
        };
    }

    private static TokenStanding StandingOf(HttpContext context) =>
        context.RequestServices.GetRequiredService<TokenStanding>();

    private static AuthorizationPolicy Of(params string[] roles) =>
        new AuthorizationPolicyBuilder(Bearer).RequireRole(roles).Build();

    // Without a directory the cookies end with the process.
    private static void AddCookieKeys(WebApplicationBuilder builder)
    {
        var protection = builder.Services.AddDataProtection().SetApplicationName("stk");
        if (builder.Configuration["Stk:DataDirectory"] is not { Length: > 0 } directory)
        {
            protection.UseEphemeralDataProtectionProvider();
            return;
        }

        var keys = Path.Combine(directory, "data-protection");
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(keys);
        }
        else
        {
            const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
            Directory.CreateDirectory(keys, OwnerOnly);
            File.SetUnixFileMode(keys, OwnerOnly);
        }

        protection.PersistKeysToFileSystem(new(keys));
    }
}
