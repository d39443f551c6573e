using Aeos.Backup.Filters;
using Aeos.Velero.Resources;

namespace Aeos.Backup.Tests.Filters;

public class SelectorTests
{
    private static readonly Dictionary<string, string> Labels = new() { ["app"] = "shop", ["tier"] = "web", ["empty"] = "" };

    [Theory]
    [InlineData("", true)]
    [InlineData("app=shop", true)]
    [InlineData("app==shop,tier = web", true)]
    [InlineData("app=other", false)]
    [InlineData("app!=other", true)]
    [InlineData("missing!=other", true)]
    [InlineData("empty=", true)]
    [InlineData("tier in (api, web)", true)]
    [InlineData("tier notin (api,web)", false)]
    [InlineData("missing notin (api)", true)]
    [InlineData("app", true)]
    [InlineData("!app", false)]
    [InlineData("!missing,app", true)]
    [InlineData("app=shop,app=other", false)]
    public void A_selector_in_kubectls_notation_selects_what_kubectl_selects(string text, bool selected)
    {
        var selector = Selector.Parse(text);
        selector.Matches(Labels).ShouldBe(selected);
        Selector.Parse(selector.Query).Matches(Labels).ShouldBe(selected);
    }

    [Theory]
    [InlineData("=shop")]
    [InlineData("app in shop")]
    [InlineData("app > 3")]
    [InlineData("a b")]
    public void What_is_no_selector_is_refused_and_quoted(string text) => Should.Throw<AeosException>(() => Selector.Parse(text)).Cause.ShouldContain(text);

    [Theory]
    [InlineData("Near", "a")]
    [InlineData("In", null)]
    public void A_requirement_that_Kubernetes_refuses_is_refused(string @operator, string? value)
        => Should.Throw<AeosException>(() => new Selector(new LabelSelector
        {
            MatchExpressions = [new LabelRequirement { Key = "app", Operator = @operator, Values = value is null ? null : [value] }],
        }));

    [Fact]
    public void Equalities_become_matchLabels_as_Velero_writes_them()
    {
        var resource = Selector.Parse("app=shop,tier!=cache").Resource;
        resource.MatchLabels!.ShouldBe(new Dictionary<string, string> { ["app"] = "shop" });
        resource.MatchExpressions!.ShouldHaveSingleItem().Operator.ShouldBe("NotIn");
    }
}
