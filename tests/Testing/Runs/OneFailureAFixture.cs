using Xunit;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Stk.Testing.Runs;

/// <summary>
/// xunit fails every test of a fixture that could not be made, each with the fixture's exception. Here the first of them
/// fails for all, and the others are told as skipped: they were not run.
/// </summary>
/// <param name="next">Who is told.</param>
internal sealed class OneFailureAFixture(IMessageSink next) : LongLivedMarshalByRefObject, IMessageSink
{
    private readonly Lock _gate = new();
    private readonly HashSet<ITest> _begun = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<(Guid Collection, string Failure), string> _told = [];

    public bool OnMessage(IMessageSinkMessage message) => next.OnMessage(Told(message));

    private IMessageSinkMessage Told(IMessageSinkMessage message)
    {
        lock (_gate)
        {
            switch (message)
            {
                case ITestClassConstructionStarting { Test: var test }:
                    _begun.Add(test);
                    return message;
                case ITestFinished { Test: var test }:
                    _begun.Remove(test);
                    return message;
                case ITestFailed failed when IsOfAFixture(failed.Test):
                    return OfAFixture(failed);
                default:
                    return message;
            }
        }
    }

    // Its class was never made: what failed came before it. A static test has no class to make.
    private bool IsOfAFixture(ITest test) => !_begun.Contains(test) && !test.TestCase.TestMethod.Method.IsStatic;

    private IMessageSinkMessage OfAFixture(ITestFailed failed)
    {
        var (test, collection) = (failed.Test, failed.Test.TestCase.TestMethod.TestClass.TestCollection);
        var failure = string.Join('\n', [.. failed.ExceptionTypes, .. failed.Messages, .. failed.StackTraces]);
        if (_told.TryGetValue((collection.UniqueID, failure), out var first))
        {
            return new TestSkipped(test, $"Not run: what it needs could not be made, see the failure of {first}.");
        }

        _told.Add((collection.UniqueID, failure), test.DisplayName);
        string[] messages =
            [$"What this test and its neighbours need could not be made; they are not run. {failed.Messages[0]}", .. failed.Messages.Skip(1)];
        return new TestFailed(
            test, failed.ExecutionTime, failed.Output, failed.ExceptionTypes, messages, failed.StackTraces,
            failed.ExceptionParentIndices);
    }
}
