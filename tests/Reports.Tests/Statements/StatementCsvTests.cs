using System.Text;
using Stk.Reports.Statements;
using Stk.Rules.Statements;

namespace Stk.Reports.Tests.Statements;

public class StatementCsvTests
{
    [Fact]
    public void A_line_an_activity_for_machines_with_its_type_unchanged()
    {
        var statement = DrawnCase.All[0].Report.Statement with
        {
            Activities =
            [
                new StatementLine("=1+1, \"x\"", 7, 5, 2, 50, 250, new(412_500_000), 0),
                new StatementLine("PeerReviewCompleted", 1, 1, 0, 100, 100, new(165_000_001), 30),
            ],
        };

        Assert.Equal(
            "type,vests_days,received,counted,over_limit,weight,points,reward\r\n"
            + "\"=1+1, \"\"x\"\"\",0,7,5,2,50,250,412.5\r\n"
            + "PeerReviewCompleted,30,1,1,0,100,100,165.000001\r\n",
            Encoding.UTF8.GetString(StatementCsv.Write(statement)));
    }
}
