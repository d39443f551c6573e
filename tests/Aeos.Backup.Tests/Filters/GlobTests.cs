using Aeos.Backup.Filters;

namespace Aeos.Backup.Tests.Filters;

public class GlobTests
{
    [Theory]
    [InlineData("shop", "shop", true)]
    [InlineData("shop", "shop-1", false)]
    [InlineData("*", "anything.at.all", true)]
    [InlineData("*.apps", "deployments.apps", true)]
    [InlineData("*.apps", "deployments.extensions", false)]
    [InlineData("team-?", "team-a", true)]
    [InlineData("team-?", "team-ab", false)]
    [InlineData("team-[ab]", "team-b", true)]
    [InlineData("team-[a-c]", "team-c", true)]
    [InlineData("team-[!ab]", "team-b", false)]
    [InlineData("team-[!ab]", "team-c", true)]
    [InlineData("{pods,secrets}", "secrets", true)]
    [InlineData("a.b", "axb", false)]
    [InlineData("a\\*", "a*", true)]
    [InlineData("a\\*", "ab", false)]
    [InlineData("[", "[", true)]
    public void A_pattern_matches_whole_names_as_Veleros_does(string pattern, string name, bool matches) => new Glob(pattern).Matches(name).ShouldBe(matches);

    [Fact]
    public void Excludes_win_and_no_includes_mean_everything()
    {
        new GlobSet([], ["b*"]).Includes("a").ShouldBeTrue();
        new GlobSet([], ["b*"]).Includes("bc").ShouldBeFalse();
        new GlobSet(["*"], ["b"]).Includes("b").ShouldBeFalse();
        new GlobSet(["a"], []).Includes("b").ShouldBeFalse();
        new GlobSet(["*"], []).IncludesEverything.ShouldBeTrue();
        new GlobSet(["*"], ["b"]).IncludesEverything.ShouldBeFalse();
        new GlobSet(["a*", "b"], []).Named.ShouldBe(["b"]);
    }
}
