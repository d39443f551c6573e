using Aeos.Backup.Filters;

namespace Aeos.Backup.Tests.Filters;

public class NamespaceFilterTests
{
    private static readonly string[] Existing = ["default", "team-a", "team-b", "kube-system"];

    [Fact]
    public void Patterns_are_expanded_once_among_the_namespaces_that_are_there()
    {
        var filter = new NamespaceFilter(["team-*", "later"], ["*-b"], Existing);
        filter.Included.ShouldBe(["later", "team-a", "team-b"], ignoreOrder: true);
        Existing.Where(filter.Includes).ShouldBe(["team-a"]);
        filter.Includes("team-c").ShouldBeFalse();
        filter.IsEverywhere.ShouldBeFalse();
    }

    [Fact]
    public void A_pattern_that_matches_nothing_includes_nothing()
    {
        var filter = new NamespaceFilter(["nothing-*"], [], Existing);
        Existing.Where(filter.Includes).ShouldBeEmpty();
        filter.IncludesEverything.ShouldBeFalse();
    }

    [Fact]
    public void All_means_those_that_come_later_as_well_and_excludes_match_them()
    {
        var filter = new NamespaceFilter(["*"], ["kube-*"], Existing);
        filter.IsEverywhere.ShouldBeTrue();
        filter.IncludesEverything.ShouldBeFalse();
        filter.Includes("team-c").ShouldBeTrue();
        filter.Includes("kube-public").ShouldBeFalse();
        new NamespaceFilter(["*"], [], Existing).IncludesEverything.ShouldBeTrue();
    }

    [Theory]
    [InlineData("", "", true)]
    [InlineData("*", "nothing-*", true)]
    [InlineData("*", "nothing", false)]
    [InlineData("*", "kube-*", false)]
    [InlineData("*e*", "", true)]
    [InlineData("default team-a team-b kube-system", "", true)]
    [InlineData("default team-a team-b kube-system later", "", false)]
    [InlineData("*e*", "team-a", false)]
    [InlineData("team-*", "", false)]
    public void All_are_in_when_none_is_named_or_each_is_and_none_is_excluded(string includes, string excludes, bool everything)
        => new NamespaceFilter(Words(includes), Words(excludes), Existing).IncludesEverything.ShouldBe(everything);

    [Theory]
    [InlineData("a|b")]
    [InlineData("a{b}")]
    [InlineData("a,b")]
    [InlineData("a**")]
    [InlineData("a[")]
    [InlineData("a]")]
    [InlineData("a[]")]
    [InlineData("Shop")]
    [InlineData("-a")]
    [InlineData("a.b")]
    public void A_namespace_that_is_neither_a_name_nor_a_pattern_is_refused(string name)
    {
        FilterRules.Namespaces([name], null).ShouldHaveSingleItem().ShouldContain(name);
        FilterRules.Namespaces(null, [name]).ShouldHaveSingleItem().ShouldContain(name);
    }

    [Theory]
    [InlineData("shop")]
    [InlineData("sh?p-[ab]*")]
    [InlineData("*")]
    [InlineData("")]
    public void Names_and_patterns_are_taken(string name) => FilterRules.Namespaces([name], null).ShouldBeEmpty();

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
