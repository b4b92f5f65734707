namespace Stk.Client.Connections;

/// <summary>Tells a write of each of its tries, inside the repeats.</summary>
internal sealed class WriteTries(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Content is not SentWrite write)
        {
            return await base.SendAsync(request, cancellationToken);
        }

        write.BeginTry();
        var answer = await base.SendAsync(request, cancellationToken);
        await write.Take(answer, cancellationToken);
        return answer;
    }
}
