using System.Text.Json;
using Stk.Rules.Activity;

namespace Stk.ApiHost.Activity;

/// <summary>The answers to a request's events, in the order sent, written as they are read.</summary>
/// <param name="areLines">Whether each is a line by itself, as the events were.</param>
internal sealed class EventAnswers(EventBatch batch, bool areLines = false) : IResult
{
    private const int FlushBytes = 65_536;

    public Task ExecuteAsync(HttpContext httpContext) => areLines ? WriteLines(httpContext) : WriteArray(httpContext);

    private async Task WriteArray(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter);
        json.WriteStartArray();
        for (var place = 0; place < batch.Length; place++)
        {
            Write(json, place);
            if (json.BytesPending > FlushBytes)
            {
                json.Flush();
                await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
            }
        }

        json.WriteEndArray();
    }

    private async Task WriteLines(HttpContext context)
    {
        context.Response.ContentType = EventLines.MediaType;
        var body = context.Response.BodyWriter;
        await using var json = new Utf8JsonWriter(body);
        for (var place = 0; place < batch.Length; place++)
        {
            Write(json, place);
            json.Flush();
            body.GetSpan(1)[0] = (byte)'\n';
            body.Advance(1);
            json.Reset();
            if (body.UnflushedBytes > FlushBytes)
            {
                await body.FlushAsync(context.RequestAborted);
            }
        }
    }

    private void Write(Utf8JsonWriter json, int place)
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
    }
}
