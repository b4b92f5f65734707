using Stk.Testing.Runs;
using Xunit;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Stk.Testing.Tests.Runs;

public sealed class OneFailureAFixtureTests
{
    [Theory, InlineData(typeof(OfACollection), typeof(WithNoServer)), InlineData(typeof(OfAClass), typeof(WithNothing))]
    public async Task A_fixture_that_fails_is_one_failure_and_its_other_tests_are_skipped(Type tests, Type collection)
    {
        var told = await Run(tests, collection);

        var failed = Assert.Single(told.OfType<ITestFailed>());
        Assert.Contains("no server", failed.Messages[0], StringComparison.Ordinal);
        Assert.Contains("could not be made", failed.Messages[0], StringComparison.Ordinal);
        var skipped = Assert.Single(told.OfType<ITestSkipped>());
        Assert.Contains(failed.Test.DisplayName, skipped.Reason, StringComparison.Ordinal);
        Assert.Empty(told.OfType<ITestPassed>());
    }

    [Fact]
    public async Task Tests_that_fail_alike_by_themselves_are_a_failure_each()
    {
        var told = await Run(typeof(ByThemselves), typeof(WithNothing));

        Assert.Equal(2, told.OfType<ITestFailed>().Count());
        Assert.All(told.OfType<ITestFailed>(), failed => Assert.Equal("no server", failed.Messages[0]));
        Assert.Empty(told.OfType<ITestSkipped>());
    }

    private static async Task<IReadOnlyList<IMessageSinkMessage>> Run(Type tests, Type definition)
    {
        var diagnostics = new Spy();
        var spy = new Spy();
        var assembly = new TestAssembly(Reflector.Wrap(tests.Assembly));
        var collection = new TestCollection(assembly, Reflector.Wrap(definition), "tried");
        var tested = new TestClass(collection, Reflector.Wrap(tests));
        var cases = tests.GetMethods()
            .Where(method => method.DeclaringType == tests)
            .Select(method => new XunitTestCase(
                diagnostics, TestMethodDisplay.ClassAndMethod, TestMethodDisplayOptions.None,
                new TestMethod(tested, Reflector.Wrap(method))))
            .ToList();
        using var cancellation = new CancellationTokenSource();
        using (var bus = new MessageBus(new OneFailureAFixture(spy)))
        {
            await new XunitTestCollectionRunner(
                collection, cases, diagnostics, bus, new DefaultTestCaseOrderer(diagnostics), new ExceptionAggregator(),
                cancellation).RunAsync();
        }

        return spy.Told;
    }

    private sealed class Spy : LongLivedMarshalByRefObject, IMessageSink
    {
        public List<IMessageSinkMessage> Told { get; } = [];

        public bool OnMessage(IMessageSinkMessage message)
        {
            lock (Told)
            {
                Told.Add(message);
            }

            return true;
        }
    }

#pragma warning disable xUnit1000 // Not found by the runner, and run by the tests above.
    internal sealed class NoServer : IAsyncLifetime
    {
        public Task InitializeAsync() => throw new InvalidOperationException("no server");

        public Task DisposeAsync() => Task.CompletedTask;
    }

    internal sealed class WithNoServer : ICollectionFixture<NoServer>;

    internal sealed class WithNothing;

    internal sealed class OfAClass : IClassFixture<NoServer>
    {
        [Fact]
        public void One() => Assert.Fail("it was run");

        [Fact]
        public void Two() => Assert.Fail("it was run");
    }

    internal sealed class OfACollection
    {
        [Fact]
        public void One() => Assert.Fail("it was run");

        [Fact]
        public void Two() => Assert.Fail("it was run");
    }

    internal sealed class ByThemselves
    {
        [Fact]
        public void One() => throw new InvalidOperationException("no server");

        [Fact]
        public void Two() => throw new InvalidOperationException("no server");
    }
#pragma warning restore xUnit1000
}
