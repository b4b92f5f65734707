namespace Stk.Silo.Hosting;

/// <summary>
/// What ends the process from inside Orleans. A silo that cannot join says so in a sentence, as whatever else an operator
/// can mend; all other errors end it as Orleans ends it, with all that it knows.
/// </summary>
internal sealed class FatalErrors(IFatalErrorHandler orleans, IHostApplicationLifetime lifetime) : IFatalErrorHandler
{
    private const string CannotJoin =
        "This silo cannot join: a member of the cluster does not answer it, or refuses its certificate (Stk:Tls), or shows "
        + "one that this silo refuses. The logs of both say which.";

    public static void AddTo(IServiceCollection services)
    {
        var before = services.Last(service => service.ServiceType == typeof(IFatalErrorHandler)).ImplementationType
            ?? throw new InvalidOperationException("Orleans registers its handler of fatal errors in another way");
        services.AddSingleton<IFatalErrorHandler>(provider => new FatalErrors(
            (IFatalErrorHandler)ActivatorUtilities.CreateInstance(provider, before),
            provider.GetRequiredService<IHostApplicationLifetime>()));
    }

    public bool IsUnexpected(Exception exception) => orleans.IsUnexpected(exception);

    public void OnFatalException(object? sender = null, string? context = null, Exception? exception = null)
    {
        // It gives up, or the members do and call it dead: whichever comes first.
        if (!lifetime.ApplicationStarted.IsCancellationRequested
            && sender?.GetType().Namespace == "Orleans.Runtime.MembershipService")
        {
            Console.Error.WriteLine(CannotJoin);
            Environment.Exit(1);
        }

        orleans.OnFatalException(sender, context, exception);
    }
}
