namespace Stk.Cli.Tests.Endings;

/// <summary>Every verb that writes through the API, and an API that knows what each asks first.</summary>
internal static class Writes
{
    private const string Id = "6f1d3c1e-0000-4000-8000-000000000001";

    private const string Spend =
        $$"""{"id":"{{Id}}","state":"paid","fund":"treasury","to":"bob","amount":"5","kind":"grant","reason":"r","vestsDays":0,"askedBy":"ann","askedAt":"2026-01-12T08:00:00Z","decidedBy":null,"decidedAt":null}""";

    private const string Service =
        """{"id":"hour","version":4,"state":"admitted","name":"Hour","description":"","price":"200","split":[{"role":"treasury","shareBp":10000}],"term":{"sessions":1},"recipients":{},"provider":null,"changedAt":"2026-01-12T08:00:00Z"}""";

    private const string Purchase =
        $$"""{"id":"{{Id}}","sequence":10,"at":"2026-01-12T08:00:00Z","buyer":"ann","service":"hour","version":4,"price":"200","parts":[],"entitlement":{"id":"{{Id}}","service":"hour","from":"2026-01-12T08:00:00Z","until":null,"sessions":1,"used":0,"left":1,"isActive":true,"endedAt":null},"refundedAt":null}""";

    private const string Rules =
        """{"version":2,"effectiveFrom":"2026-W05","announcedAt":"2026-01-05T00:00:00Z","by":"x","document":{}}""";

    private const string Approval =
        $$"""{"id":"{{Id}}","kind":"rules.withdraw","state":"waiting","askedBy":"olga","askedAt":"2026-01-12T08:00:00Z","reason":"r","act":{"version":2},"expiresAt":"2026-01-26T08:00:00Z","decidedAt":null,"decidedBy":null,"decidedReason":null,"note":null}""";

    /// <summary>By a name for people. BOOK stands for a file that holds a rule book.</summary>
    public static IReadOnlyDictionary<string, string[]> All { get; } = new Dictionary<string, string[]>
    {
        ["transfer"] = ["transfer", "bob", "5", "--yes"],
        ["buy"] = ["buy", "hour", "--yes"],
        ["renewal"] = ["renewal", Id, "on", "--max-price", "5"],
        ["weeks close"] = ["weeks", "close", "2026-W02", "--yes"],
        ["weeks close with a reason"] = ["weeks", "close", "2026-W03", "--reason", "r", "--yes"],
        ["weeks correct"] = ["weeks", "correct", "2026-W02", "bob", "-5", "--reason", "r", "--yes"],
        ["participants take-back"] = ["participants", "take-back", "bob", "both", "--reason", "r"],
        ["participants suspend"] = ["participants", "suspend", "bob", "--reason", "r"],
        ["participants lift"] = ["participants", "lift", "bob", "--reason", "r"],
        ["participants set"] = ["participants", "set", "bob", "--level", "2", "--reason", "r"],
        ["token revoke"] = ["token", "revoke", "--jti", "a1", "--reason", "r"],
        ["treasury spend"] = ["treasury", "spend", "treasury", "bob", "5", "--kind", "grant", "--reason", "r", "--yes"],
        ["treasury approve"] = ["treasury", "approve", Id, "--reason", "r", "--yes"],
        ["treasury reject"] = ["treasury", "reject", Id, "--reason", "r"],
        ["vesting decide"] = ["vesting", "decide", Id, "release", "--reason", "r", "--yes"],
        ["rules propose"] = ["rules", "propose", "BOOK", "--from", "2026-W05", "--yes"],
        ["rules withdraw"] = ["rules", "withdraw", "2", "--reason", "r", "--yes"],
        ["approvals approve"] = ["approvals", "approve", Id, "--reason", "r", "--yes"],
        ["approvals reject"] = ["approvals", "reject", Id, "--reason", "r"],
        ["operators add"] = ["operators", "add", "oleg", "--role", "operator", "--reason", "r", "--yes"],
        ["operators end"] = ["operators", "end", "oleg", "--role", "operator", "--reason", "r", "--yes"],
        ["operators confirm"] = ["operators", "confirm", "oleg", "--reason", "r", "--yes"],
        ["operators approve"] = ["operators", "approve", Id, "--reason", "r", "--yes"],
    };

    /// <summary>What a read is answered; null for a write.</summary>
    public static string? Read(string call) => call switch
    {
        "GET services/hour" => LoopbackApi.Json(Service),
        "GET admin/treasury/spends" => LoopbackApi.Json("""{"items":[],"next":null}"""),
        "GET admin/rules" => LoopbackApi.Json($$"""{"versions":[{{Rules}}]}"""),
        $"GET admin/approvals/{Id}" => LoopbackApi.Json(Approval),
        _ => null,
    };

    /// <summary>Everything is done.</summary>
    public static string Done(string call) => Read(call) ?? LoopbackApi.Json(
        call switch
        {
            "POST transfer" => $$"""{"id":"{{Id}}","sequence":9,"at":"2026-01-12T08:00:00+00:00","to":"bob","amount":"5","fee":"0","note":null}""",
            "POST services/hour/purchase" => Purchase,
            $"PUT entitlements/{Id}/renewal" => """{"on":true,"maxPrice":"5"}""",
            "POST admin/weeks/2026-W02/close" => """{"week":"2026-W02","forced":false,"done":"settle","doing":null,"shardsDone":64,"shards":64,"sealedAt":null,"participants":0,"total":null,"reserved":null,"paid":"0","rules":1,"blockedBy":null,"fault":null}""",
            // The profile, and what waits where a suspension is to be lifted.
            "PUT admin/participants" => $$"""{"id":"{{Id}}","level":2,"excluded":false,"suspended":true,"registeredAt":"2026-01-05T00:00:00Z","kind":"participant.lift","state":"waiting","askedBy":"olga","askedAt":"2026-01-12T08:00:00Z","reason":"r","act":{"participant":"bob"},"expiresAt":"2026-01-26T08:00:00Z","decidedAt":null,"decidedBy":null,"decidedReason":null,"note":null}""",
            "POST admin/rules" or "POST admin/rules/2/withdraw" or "POST admin/weeks/2026-W03/close" => Approval,
            "POST admin/operators/confirm" => """{"subject":"oleg","issuer":"stk","role":"operator","person":"oleg","participant":null,"since":"2026-01-12T08:00:00Z","until":null,"inForce":true,"enteredAt":"2026-01-12T08:00:00Z","enteredBy":"upgrade","endedAt":null,"endedBy":null,"confirmed":true}""",
            "POST admin/operators" or "POST admin/operators/end" => Approval,
            $"POST admin/approvals/{Id}/approve" or $"POST admin/approvals/{Id}/reject" => Approval,
            $"POST admin/vesting/{Id}/decision" => $$"""{"id":"{{Id}}","participant":"bob","week":null,"type":null,"fund":"team","vestsDays":3,"amount":"5","unlocksOn":"2026-01-12","state":"released","condition":null,"decidesBy":"2026-01-12","events":[],"released":"5","cancelled":"0","decidedAt":"2026-01-12T08:00:00Z"}""",
            "POST admin/weeks/2026-W02/corrections" => $$"""{"id":"{{Id}}","sequence":9,"at":"2026-01-12T08:00:00Z","week":"2026-W02","participant":"bob","amount":"-5","revision":2}""",
            "POST admin/tokens/revoke" => """{"jti":"a1","subject":null,"before":null,"reason":"r","by":"x","at":"2026-01-12T08:00:00Z"}""",
            _ => Spend,
        },
        "201 Created");
}
