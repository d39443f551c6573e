using Aeos.Backup.Hooks;

namespace Aeos.Backup.Tests.Hooks;

public class HookTextTests
{
    [Theory]
    [InlineData("/bin/freeze --now", "/bin/freeze --now")]
    [InlineData("""["/bin/sh","-c","a b"]""", "/bin/sh|-c|a b")]
    [InlineData("""["/bin/sh", """, """["/bin/sh", """)]
    [InlineData("[1,2]", "[1,2]")]
    [InlineData("[[]]", "[[]]")]
    [InlineData("[]", "")]
    public void A_command_is_a_JSON_array_or_else_one_program(string annotation, string parts)
        => string.Join('|', HookText.Command(annotation)).ShouldBe(parts);

    [Theory]
    [InlineData("Fail", "Fail")]
    [InlineData("Continue", "Continue")]
    [InlineData("fail", "Unset")]
    [InlineData("Explode", "Unset")]
    [InlineData("", "Unset")]
    public void Only_Fail_and_Continue_say_what_a_failure_means(string annotation, string mode)
        => HookText.ErrorMode(annotation).ToString().ShouldBe(mode);

    [Fact]
    public void A_duration_that_is_none_is_warned_of_and_not_used()
    {
        var warnings = new List<string>();
        var annotations = new Dictionary<string, string> { ["a"] = "90s", ["b"] = "soon" };
        HookText.Duration(annotations, "a", warnings).ShouldBe(TimeSpan.FromSeconds(90));
        HookText.Duration(annotations, "none", warnings).ShouldBe(TimeSpan.Zero);
        warnings.ShouldBeEmpty();
        HookText.Duration(annotations, "b", warnings).ShouldBe(TimeSpan.Zero);
        warnings.ShouldHaveSingleItem().ShouldContain("\"soon\"");
    }

    [Theory]
    [InlineData("true", true, 0)]
    [InlineData("T", true, 0)]
    [InlineData("0", false, 0)]
    [InlineData("yes", false, 1)]
    public void A_truth_value_is_read_as_Go_reads_it(string annotation, bool value, int warned)
    {
        var warnings = new List<string>();
        HookText.Flag(new Dictionary<string, string> { ["a"] = annotation }, "a", warnings).ShouldBe(value);
        warnings.Count.ShouldBe(warned);
    }

    [Theory]
    [InlineData(0, 30_000)]
    [InlineData(5_000, 5_000)]
    [InlineData(-1, -1)]
    [InlineData(8_000_000_000_000, -1)]
    public void A_command_has_30_seconds_unless_told_otherwise_and_for_ever_where_less_than_nothing_is_asked_for(long asked, long given)
        => PodHook.OfSpec("h", null, ["x"], null, null).Within(TimeSpan.FromMilliseconds(asked)).Timeout.ShouldBe(TimeSpan.FromMilliseconds(given));
}
