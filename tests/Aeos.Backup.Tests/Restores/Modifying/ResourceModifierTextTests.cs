using Aeos.Backup.Restores.Modifying;

namespace Aeos.Backup.Tests.Restores.Modifying;

public sealed class ResourceModifierTextTests
{
    private const string Conditions = "groupResource: pods";
    private const string Patches = "patches: [{operation: remove, path: /spec}]";

    private static void ShouldBeRefused(string text, string cause) => Should.Throw<FormatException>(() => ResourceModifierText.Parse(text)).Message.ShouldContain(cause);

    private static void RuleShouldBeRefused(string conditions, string patches, string cause) => ShouldBeRefused(Modification.Rules(Modification.Rule(conditions, patches)), cause);

    [Theory]
    [InlineData("v1")]
    [InlineData("V1")]
    public void Version_v1_is_known(string version)
        => ResourceModifierText.Parse($"version: {version}\nresourceModifierRules: [{{conditions: {{{Conditions}}}, {Patches}}}]").ShouldNotBeNull();

    [Fact]
    public void JSON_is_taken_as_well()
        => ResourceModifierText.Parse("""{"version":"v1","resourceModifierRules":[{"conditions":{"groupResource":"pods"},"mergePatches":[{"patchData":"{\"a\":1}"}]}]}""").ShouldNotBeNull();

    [Fact]
    public void Names_of_fields_may_be_written_in_any_case()
        => ResourceModifierText.Parse("Version: v1\nresourcemodifierrules: [{Conditions: {GROUPRESOURCE: pods}, Patches: [{Operation: remove, Path: /spec}]}]").ShouldNotBeNull();

    [Theory]
    [InlineData("v2", "unsupported resource modifier version \"v2\"")]
    [InlineData("", "unsupported resource modifier version \"\"")]
    public void Another_version_is_refused(string version, string cause)
        => ShouldBeRefused($"version: {version}\nresourceModifierRules: [{{conditions: {{{Conditions}}}, {Patches}}}]", cause);

    [Theory]
    [InlineData("version: v1", "cannot be empty")]
    [InlineData("version: v1\nresourceModifierRules: []", "cannot be empty")]
    [InlineData("", "cannot be empty")]
    [InlineData("version: v1\nresourceModifierRules: {}", "no list")]
    [InlineData("version: v1\nrules: []", "rules is not known")]
    [InlineData("version: v1\nversion: v1", "version")]
    [InlineData("version: [v1", "line")]
    [InlineData("- a", "no object")]
    [InlineData("on: 1\nyes: 2", "twice")]
    [InlineData("a: 1\n---\nb: 2", "more than one document")]
    public void What_are_no_modifiers_is_refused(string text, string cause) => ShouldBeRefused(text.Length == 0 ? "version: v1" : text, cause);

    [Theory]
    [InlineData("namespaces: [a]", "groupResource cannot be empty")]
    [InlineData("groupResource: pods, name: a", "resourceModifierRules[0].conditions.name is not known")]
    [InlineData("groupResource: '[a'", "groupResource: a [ has no ]")]
    [InlineData("groupResource: '{a'", "groupResource: a { has no }")]
    [InlineData("groupResource: '[]'", "groupResource")]
    [InlineData("groupResource: pods, namespaces: shop", "namespaces is no list")]
    [InlineData("groupResource: pods, resourceNameRegex: '('", "resourceNameRegex is no regular expression")]
    [InlineData("groupResource: pods, resourceNameRegex: '(?=a)'", "resourceNameRegex is no regular expression")]
    [InlineData("groupResource: pods, labelSelector: {matchLabels: [a]}", "matchLabels is no object")]
    [InlineData("groupResource: pods, labelSelector: {matchExpressions: [{key: a, operator: Is, values: [b]}]}", "\"Is\"")]
    [InlineData("groupResource: pods, labelSelector: {matchExpressions: [{key: a, operator: In}]}", "no values")]
    [InlineData("groupResource: pods, matches: [{value: a}]", "matches[0].path cannot be empty")]
    [InlineData("groupResource: pods, matches: [{path: /a, value: [a]}]", "value is no text")]
    [InlineData("groupResource: pods, matches: [{path: /a, value: '{'}]", "is no JSON")]
    public void Conditions_that_cannot_be_asked_are_refused(string conditions, string cause) => RuleShouldBeRefused(conditions, Patches, cause);

    [Theory]
    [InlineData("other: []", "other is not known")]
    [InlineData("patches: []", "no patch")]
    [InlineData("patches: [{operation: remove, path: /a}]\n  mergePatches: [{patchData: '{}'}]", "only one of")]
    [InlineData("patches: [{path: /a}]", "patches[0].operation cannot be empty")]
    [InlineData("patches: [{operation: drop, path: /a}]", "unsupported operation drop")]
    [InlineData("patches: [{operation: Add, path: /a}]", "unsupported operation Add")]
    [InlineData("patches: [{operation: add}]", "path cannot be empty")]
    [InlineData("patches: [{operation: move, path: /a}]", "from cannot be empty")]
    [InlineData("patches: [{operation: add, path: /a, value: {b: c}}]", "value is no text")]
    [InlineData("patches: [{operation: add, path: /a, value: '007'}]", "007 is no JSON")]
    [InlineData("patches: [{operation: add, path: /a, value: '[1'}]", "is no JSON")]
    [InlineData("patches: [{operation: add, path: /a, value: '{\"b\":[{\"c\":1,\"c\":2}]}'}]", "is no JSON")]
    [InlineData("patches: [{operation: add, path: /a, value: 'say \"x\"'}]", "is no JSON")]
    [InlineData("mergePatches: [{patchData: '{'}]", "mergePatches[0].patchData: line")]
    [InlineData("mergePatches: [{patchData: text}]", "patchData is no object")]
    [InlineData("mergePatches: [{}]", "patchData is no object")]
    [InlineData("strategicPatches: [{patchData: '[]'}]", "patchData is no object")]
    [InlineData("strategicPatches: [{data: '{}'}]", "strategicPatches[0].data is not known")]
    public void Patches_that_cannot_be_applied_to_anything_are_refused(string patches, string cause) => RuleShouldBeRefused(Conditions, patches, cause);
}
