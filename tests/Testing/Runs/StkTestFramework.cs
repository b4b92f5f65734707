using System.Reflection;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Stk.Testing.Runs;

/// <summary>
/// xunit as it is, but for two things: what the tests start ends with them (<see cref="TestRun"/>), and a fixture that fails
/// is one failure (<see cref="OneFailureAFixture"/>). Every test project has it by <c>tests/Directory.Build.targets</c>.
/// </summary>
public sealed class StkTestFramework(IMessageSink diagnostics) : XunitTestFramework(diagnostics)
{
    protected override ITestFrameworkExecutor CreateExecutor(AssemblyName assemblyName) =>
        new Executor(assemblyName, SourceInformationProvider, DiagnosticMessageSink);

    private sealed class Executor(
        AssemblyName assembly, ISourceInformationProvider sources, IMessageSink diagnostics)
        : XunitTestFrameworkExecutor(assembly, sources, diagnostics)
    {
        protected override void RunTestCases(
            IEnumerable<IXunitTestCase> testCases, IMessageSink executionMessageSink,
            ITestFrameworkExecutionOptions executionOptions)
        {
            TestRun.Begin();
            base.RunTestCases(testCases, new OneFailureAFixture(executionMessageSink), executionOptions);
        }
    }
}
