using System.Text.Json;
using Stk.Rules.Activity;

namespace Stk.ApiHost.Activity;

/// <summary>The answers to a request's events, in the order sent, written as they are read.</summary>
internal sealed class EventAnswers(EventBatch batch) : IResult
{
    private const int FlushBytes = 65_536;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(httpContext.Response.BodyWriter);
        json.WriteStartArray();
        for (var place = 0; place < batch.Length; place++)
        {
            var answer = batch.Answer(place);
            json.WriteStartObject();
            if (batch.Uuid(place) is { } uuid)
            {
                json.WriteString("uuid"u8, uuid);
            }
            else
            {
                json.WriteNull("uuid"u8);
            }

            json.WriteString("outcome"u8, answer.Outcome.WireName());
            if (answer.Field is { } field)
            {
                json.WriteString("field"u8, field);
                json.WriteString("rule"u8, answer.Rule);
            }

            json.WriteEndObject();
            if (json.BytesPending > FlushBytes)
            {
                json.Flush();
                await httpContext.Response.BodyWriter.FlushAsync(httpContext.RequestAborted);
            }
        }

        json.WriteEndArray();
    }
}
