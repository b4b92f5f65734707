using Stk.ApiHost.Tests.Hosting;

namespace Stk.ApiHost.Tests.Audit;

[Collection(ApiCollection.Name)]
public sealed class AuditTests(ApiFixture fixture)
{
    [Fact]
    public async Task An_auditor_reads_who_did_what_before_and_after() => Assert.Equal(
        """{"items":[{"sequence":2,"at":"1970-01-01T00:00:00+00:00","by":"olga","action":"service.admit","subject":"mentor_session","before":{"state":"proposed"},"after":{"state":"admitted"},"reason":"agreed","hash":"ab"},{"sequence":1,"at":"1970-01-01T00:00:00+00:00","by":"olga","action":"source.change","subject":"club","before":null,"after":{},"reason":null,"hash":"cd"}],"next":"good"}""",
        (await fixture.Host.Get($"{ApiHostUnderTest.Root}/admin/audit", fixture.Host.Keys.Token("auditor"))).Text);
}
