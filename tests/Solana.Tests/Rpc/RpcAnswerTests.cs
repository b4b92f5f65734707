using System.Text;
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
    public void Half_a_character_is_garbled(string json)
    {
        Assert.IsType<RpcError.Garbled>(Read(json, RpcAnswer.Signature).Error);
        Assert.IsType<RpcError.Garbled>(Read(json, RpcAnswer.Statuses).Error);
        Assert.IsType<RpcError.Garbled>(
            Read(json.Replace("result", "error", StringComparison.Ordinal), RpcAnswer.Statuses).Error);
    }

    [Fact]
    public void The_largest_number_of_lamports_is_read() =>
        Assert.Equal(ulong.MaxValue, Read("""{"result":18446744073709551615}""", RpcAnswer.Number).Required());

    internal static RpcResult<T> Read<T>(string json, Func<RpcAnswer, T> read) =>
        RpcAnswer.Read(Encoding.UTF8.GetBytes(json), read);
}
