using Orleans.Serialization;
using Orleans.Storage;
using Microsoft.Extensions.Options;
using Stk.Grains.Emission;
using Stk.Grains.Schedules;
using Stk.Grains.Weeks;
using Xunit;

namespace Stk.Grains.Tests.Coordinators;

/// <summary>Rows of <c>orleans.OrleansStorage</c>, literally: of the builds before, of this one, of one to come.</summary>
public sealed class StateSerializerTests
{
    private static readonly StateSerializer Serializer = new();

    [Fact]
    public void A_weeks_row_of_the_builds_before_is_read()
    {
        var forced = Read<WeekState>(
            """
            {"$id":"1","$type":"Stk.Grains.Weeks.WeekState, Stk.Grains","Done":4,"IsForced":true,"OverrideReason":"the source is gone","OverrideBy":"operator"}
            """);
        var usual = Read<WeekState>("""{"$id":"1","$type":"Stk.Grains.Weeks.WeekState, Stk.Grains","Done":4}""");

        Assert.Equal((true, "the source is gone", "operator"), (forced.IsForced, forced.OverrideReason, forced.OverrideBy));
        Assert.Equal((false, null, null), (usual.IsForced, usual.OverrideReason, usual.OverrideBy));
    }

    [Fact]
    public void The_schedules_row_of_the_builds_before_is_read()
    {
        var paused = Read<ScheduleState>(
            """
            {"$id":"1","$type":"Stk.Grains.Schedules.ScheduleState, Stk.Grains","PausedBecause":"the clock has jumped forward by 20 minutes since the last heartbeat"}
            """);
        var resumed = Read<ScheduleState>(
            """
            {"$id":"1","$type":"Stk.Grains.Schedules.ScheduleState, Stk.Grains","FinishedThrough":202647,"ResumedBy":"operator","ResumedBecause":"the clock is right"}
            """);

        Assert.Equal("the clock has jumped forward by 20 minutes since the last heartbeat", paused.PausedBecause);
        Assert.Equal(
            (null, "operator", "the clock is right"), (resumed.PausedBecause, resumed.ResumedBy, resumed.ResumedBecause));
    }

    [Fact]
    public void Emissions_row_of_the_builds_before_is_read()
    {
        var usual = Read<EmissionState>(
            """{"$id":"1","$type":"Stk.Grains.Emission.EmissionState, Stk.Grains","LastDayNumber":738885}""");
        var refused = Read<EmissionState>(
            """{"$id":"1","$type":"Stk.Grains.Emission.EmissionState, Stk.Grains","LastDayNumber":738885,"Refusals":2}""");

        Assert.Equal((738_885, 0), (usual.LastDayNumber, usual.Refusals));
        Assert.Equal((738_885, 2), (refused.LastDayNumber, refused.Refusals));
    }

    [Fact]
    public void A_row_names_no_type_and_the_build_before_reads_it()
    {
        var written = Serializer.Serialize(new WeekState { IsForced = true, OverrideReason = "it is gone", OverrideBy = "ann" });
        var paused = Serializer.Serialize(new ScheduleState { PausedBecause = "it jumped" });
        var before = new JsonGrainStorageSerializer(
            new OrleansJsonSerializer(Options.Create(new OrleansJsonSerializerOptions())));

        Assert.Equal("""{"IsForced":true,"OverrideReason":"it is gone","OverrideBy":"ann"}""", written.ToString());
        var read = before.Deserialize<WeekState>(written)!;
        Assert.Equal((true, "it is gone", "ann"), (read.IsForced, read.OverrideReason, read.OverrideBy));
        Assert.Equal("it jumped", before.Deserialize<ScheduleState>(paused)!.PausedBecause);
    }

    [Fact]
    public void What_only_another_build_knows_is_written_back_as_it_was()
    {
        var state = Read<ScheduleState>("""
            {"$id":"1","$type":"Of.Another.Build","FinishedThrough":202647,"PausedBecause":"it jumped","Tomorrow":{"at":[1,2]}}
            """);
        state.PausedBecause = null;
        state.ResumedBy = "ann";

        Assert.Equal(
            """{"ResumedBy":"ann","FinishedThrough":202647,"Tomorrow":{"at":[1,2]}}""", Serializer.Serialize(state).ToString());
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"IsForced":"perhaps"}""")]
    [InlineData("""{"IsForced":true,"IsForced":false}""")]
    public void A_row_that_is_no_state_is_refused(string row) =>
        Assert.ThrowsAny<System.Text.Json.JsonException>(() => Read<WeekState>(row));

    private static T Read<T>(string row) => Serializer.Deserialize<T>(BinaryData.FromString(row));
}
