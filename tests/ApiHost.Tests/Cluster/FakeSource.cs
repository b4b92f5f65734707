using Stk.GrainInterfaces.Requests;
using Stk.GrainInterfaces.Sources;

namespace Stk.ApiHost.Tests.Cluster;

public sealed class FakeSource(string name) : ISourceGrain
{
    private SourceReply? _known;

    public Task<SourceReply?> Get(CancellationToken cancellation) => Task.FromResult(_known);

    public FakeAnswers Answers { get; } = new();

    public PutSourceRequest? LastPut { get; private set; }

    /// <summary>As JSON; null: everything. With <see cref="IsUnknown"/> nothing.</summary>
    public string? Settings { get; set; }

    public bool IsUnknown { get; set; }

    public Task<SourceAdmission> Admit(string caller, CancellationToken cancellation) =>
        Task.FromResult(new SourceAdmission(!IsUnknown, Settings, ["forum"]));

    public Task<SourceReply> Put(PutSourceRequest request, CancellationToken cancellation)
    {
        LastPut = request;
        return Answers.GiveIfKeyed<SourceReply>(
            request.Key,
            () => request.By == FakeOperators.GoneInTheSilo
                ? new(name, null, false, IsOperatorUnknown: true)
                : (_known = new(name, request.CompleteTo, request.IsRequired, Settings: request.Settings)),
            first => first with { Key = KeyUse.Replay },
            () => new(name, null, false, KeyUse.Reused));
    }
}
