using System.Text;
using Stk.Solana.Keys;
using Stk.Solana.Rpc;

namespace Stk.Solana.Tests.Rpc;

public class RpcAnswerTests
{
    // As nodes write them: Agave, rpc-client-api, custom_error.rs and the documentation of each method.
    public static TheoryData<string, RpcError> Errors => new()
    {
        { """{"code":-32001,"message":"Block 5 cleaned up, does not exist on node. First available block: 9"}""",
            new RpcError.HistoryUnavailable(-32001, "Block 5 cleaned up, does not exist on node. First available block: 9") },
        { """{"code":-32003,"message":"Transaction signature verification failure"}""", new RpcError.SignatureRejected() },
        { """{"code":-32005,"message":"Node is behind by 42 slots","data":{"numSlotsBehind":42}}""", new RpcError.NodeBehind(42) },
        { """{"code":-32005,"message":"Node is unhealthy","data":{}}""", new RpcError.NodeBehind(null) },
        { """{"code":-32011,"message":"Transaction history is not available from this node"}""",
            new RpcError.HistoryUnavailable(-32011, "Transaction history is not available from this node") },
        { """{"code":-32015,"message":"Transaction version (0) is not supported"}""", new RpcError.VersionUnsupported() },
        { """{"code":-32016,"message":"Minimum context slot has not been reached","data":{"contextSlot":7}}""",
            new RpcError.MinContextSlotNotReached(7) },
        { """{"code":-32601,"message":"Method not found"}""", new RpcError.MethodMissing("Method not found") },
        { """{"code":-32602,"message":"Invalid params"}""", new RpcError.InvalidParams("Invalid params") },
        { """{"code":429,"message":"Too many requests"}""", new RpcError.RateLimited(null) },
        { """{"code":-32603,"message":"Internal error"}""", new RpcError.Other(-32603, "Internal error") },
        { """{"code":-1}""", new RpcError.Other(-1, "") },
    };

    [Theory]
    [MemberData(nameof(Errors))]
    public void Each_error_of_a_node_is_a_type_of_its_own(string error, RpcError expected) =>
        Assert.Equal(expected, Read($$"""{"jsonrpc":"2.0","id":1,"error":{{error}}}""", RpcAnswer.Number).Error);

    public static TheoryData<string, TransactionError> Failures => new()
    {
        { "\"BlockhashNotFound\"", new TransactionError.Named("BlockhashNotFound") },
        { """{"InstructionError":[2,{"Custom":6001}]}""", new TransactionError.InstructionFailed(2, "Custom", 6001) },
        { """{"InstructionError":[0,"InvalidAccountData"]}""", new TransactionError.InstructionFailed(0, "InvalidAccountData", null) },
        { """{"InstructionError":[0,{"BorshIoError":"x"}]}""", new TransactionError.InstructionFailed(0, "BorshIoError", null) },
        { """{"DuplicateInstruction":3}""", new TransactionError.At("DuplicateInstruction", 3) },
        { """{"InsufficientFundsForRent":{"account_index":4}}""", new TransactionError.At("InsufficientFundsForRent", 4) },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public void Each_failure_of_a_transaction_is_read(string failure, TransactionError expected)
    {
        var result = Read(
            $$$$"""{"result":{"context":{"slot":5},"value":{"err":{{{{failure}}}},"logs":null}}}""", RpcAnswer.Simulated);
        var answered = Assert.IsType<RpcResult<SimulatedTransaction>.Answered>(result);
        Assert.Equal((expected, 5UL), (answered.Value.Failure, answered.ContextSlot));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"result":null}""")]
    [InlineData("""{"result":"5"}""")]
    [InlineData("""{"result":-5}""")]
    [InlineData("""{"result":5.5}""")]
    [InlineData("""{"result":18446744073709551616}""")]
    [InlineData("""{"result":{"context":{},"value":5}}""")]
    [InlineData("""{"result":{"context":{"slot":5}}}""")]
    [InlineData("""{"error":{}}""")]
    [InlineData("""{"error":{"code":"x"}}""")]
    [InlineData("""{"error":5}""")]
    [InlineData("<html>502</html>")]
    public void An_answer_that_is_no_number_is_garbled(string json) =>
        Assert.IsType<RpcError.Garbled>(Read(json, RpcAnswer.Number).Error);

    [Theory]
    [InlineData("""{"result":["\ud800"]}""")]
    [InlineData("""{"result":{"\ud800":1}}""")]
    public void A_lone_surrogate_in_a_JSON_string_makes_an_answer_garbled(string json)
    {
        Assert.IsType<RpcError.Garbled>(Read(json, RpcAnswer.Signature).Error);
        Assert.IsType<RpcError.Garbled>(Read(json, RpcAnswer.Statuses).Error);
        Assert.IsType<RpcError.Garbled>(
            Read(json.Replace("result", "error", StringComparison.Ordinal), RpcAnswer.Statuses).Error);
    }

    [Fact]
    public void The_largest_number_of_lamports_is_read() =>
        Assert.Equal(ulong.MaxValue, Read("""{"result":18446744073709551615}""", RpcAnswer.Number).Required());

    // What is not said is not "none": a node that leaves the error out has said nothing of success.
    [Theory]
    [InlineData("")]
    [InlineData("\"error\":null,")]
    public void An_answer_without_err_is_garbled_and_an_explicit_null_is_none(string instead)
    {
        foreach (var (err, isRead) in new[] { (instead, false), ("\"err\":null,", true) })
        {
            Judge(With(err, """{"result":{"context":{"slot":5},"value":{ERR"logs":[]}}}"""), RpcAnswer.Simulated, isRead);
            Judge(With(err, """{"result":[{ERR"slot":5,"confirmationStatus":"finalized"}]}"""), RpcAnswer.Statuses, isRead);
            Judge(
                With(err, """{"result":[{"signature":"SIGNATURE",ERR"slot":5}]}""")
                    .Replace("SIGNATURE", new('1', Signature.Length), StringComparison.Ordinal),
                RpcAnswer.Signatures, isRead);
            Judge(
                With(err, """
                    {"result":{"slot":5,"transaction":["AA==","base64"],
                    "meta":{ERR"fee":5000,"preBalances":[],"postBalances":[]}}}
                    """),
                RpcAnswer.Landed, isRead);
        }

        static string With(string err, string json) => json.Replace("ERR", err, StringComparison.Ordinal);

        static void Judge<T>(string json, Func<RpcAnswer, T> read, bool isRead)
        {
            var result = Read(json, read);
            if (isRead)
            {
                Assert.IsType<RpcResult<T>.Answered>(result);
            }
            else
            {
                Assert.Contains("\"err\"", Assert.IsType<RpcError.Garbled>(result.Error).Flaw, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("""{"InstructionError":[0,null]}""")]
    [InlineData("""{"InstructionError":[0]}""")]
    [InlineData("""{"InstructionError":[0,{}]}""")]
    [InlineData("{}")]
    [InlineData("false")]
    public void An_error_without_a_name_is_garbled(string err) => Assert.IsType<RpcError.Garbled>(
        Read("""{"result":{"context":{"slot":5},"value":{"err":ERR,"logs":[]}}}""".Replace("ERR", err, StringComparison.Ordinal),
            RpcAnswer.Simulated).Error);

    [Theory]
    [InlineData("""{"logs":[]}""")]
    [InlineData("""{"err":null,"logs":[]}""")]
    [InlineData("null")]
    public void A_refused_send_that_does_not_say_why_may_have_been_taken(string data)
    {
        const string Answer = """{"error":{"code":-32002,"message":"failed: undefined","data":DATA}}""";
        var error = Read(Answer.Replace("DATA", data, StringComparison.Ordinal), RpcAnswer.Signature).Error;
        Assert.Equal(new RpcError.Other(-32002, "failed: undefined"), error);
        Assert.True(error!.MayHaveBeenTaken);
    }

    internal static RpcResult<T> Read<T>(string json, Func<RpcAnswer, T> read) =>
        RpcAnswer.Read(Encoding.UTF8.GetBytes(json), read);
}
