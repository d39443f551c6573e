namespace Aeos.Backup.Tests.Restores.Modifying;

public sealed class ModifierConditionTests
{
    private const string ToPremium = "patches: [{operation: replace, path: /spec/storageClassName, value: premium}]";

    private static bool IsChanged(string conditions, string groupResource = "persistentvolumeclaims", string item = Modification.Claim)
        => Modification.Changed(conditions, "mergePatches: [{patchData: '{\"changed\": true}'}]", groupResource, item).ContainsKey("changed");

    [Theory]
    [InlineData("persistentvolumeclaims", "persistentvolumeclaims", true)]
    [InlineData("persistentvolumes", "persistentvolumeclaims", false)]
    [InlineData("deployments", "deployments.apps", false)]
    [InlineData("deployments.apps", "deployments.apps", true)]
    [InlineData("*.apps", "deployments.apps", true)]
    [InlineData("*.apps", "statefulsets.apps", true)]
    [InlineData("*.apps", "pods", false)]
    [InlineData("*", "pods", true)]
    [InlineData("*", "deployments.apps", false)]
    [InlineData("**", "roles.rbac.authorization.k8s.io", true)]
    [InlineData("*.k8s.io", "roles.rbac.authorization.k8s.io", false)]
    [InlineData("**.k8s.io", "roles.rbac.authorization.k8s.io", true)]
    [InlineData("pod?", "pods", true)]
    [InlineData("{pods,secrets}", "secrets", true)]
    [InlineData("{pods,secrets}", "configmaps", false)]
    [InlineData("[ps]*", "secrets", true)]
    [InlineData("[!ps]*", "secrets", false)]
    [InlineData("[a-c]*", "configmaps", true)]
    public void A_type_is_chosen_by_a_pattern_in_which_dots_separate(string pattern, string groupResource, bool isChosen)
        => IsChanged($"groupResource: \"{pattern}\"", groupResource).ShouldBe(isChosen);

    [Theory]
    [InlineData("[shop]", true)]
    [InlineData("[other, shop]", true)]
    [InlineData("[other]", false)]
    [InlineData("['*']", true)]
    [InlineData("['sh*']", true)]
    [InlineData("[]", true)]
    public void Namespaces_are_chosen_as_the_backup_has_them(string namespaces, bool isChosen)
        => IsChanged($"groupResource: persistentvolumeclaims, namespaces: {namespaces}").ShouldBe(isChosen);

    [Fact]
    public void Namespaces_say_nothing_of_an_object_in_none()
        => IsChanged("groupResource: persistentvolumes, namespaces: [other]", "persistentvolumes", """{"apiVersion":"v1","kind":"PersistentVolume","metadata":{"name":"pv"}}""")
            .ShouldBeTrue();

    [Theory]
    [InlineData("^data$", true)]
    [InlineData("at", true)]
    [InlineData(".*", true)]
    [InlineData("^at", false)]
    [InlineData("", true)]
    public void A_name_is_chosen_by_a_regular_expression_for_a_part_of_it(string expression, bool isChosen)
        => IsChanged($"groupResource: persistentvolumeclaims, resourceNameRegex: '{expression}'").ShouldBe(isChosen);

    [Theory]
    [InlineData("matchLabels: {app: shop}", true)]
    [InlineData("matchLabels: {app: other}", false)]
    [InlineData("matchLabels: {app: shop, tier: front}", false)]
    [InlineData("matchExpressions: [{key: app, operator: In, values: [shop, other]}]", true)]
    [InlineData("matchExpressions: [{key: tier, operator: Exists}]", false)]
    [InlineData("matchExpressions: [{key: tier, operator: DoesNotExist}]", true)]
    [InlineData("", true)]
    public void Labels_are_chosen_by_a_selector(string selector, bool isChosen)
        => IsChanged($"groupResource: persistentvolumeclaims, labelSelector: {{{selector}}}").ShouldBe(isChosen);

    [Theory]
    [InlineData("{path: /spec/storageClassName, value: standard}", true)]
    [InlineData("{path: /spec/storageClassName, value: premium}", false)]
    [InlineData("{path: /spec/size, value: 1}", true)]
    [InlineData("{path: /spec/size, value: '\"1\"'}", false)]
    [InlineData("{path: /spec/storageClassName, value: standard}, {path: /spec/size, value: 2}", false)]
    [InlineData("{path: /spec/missing, value: x}", false)]
    [InlineData("{path: /spec/missing/deeper, value: x}", false)]
    [InlineData("{path: /spec/missing, value: 'null'}", true)]
    [InlineData("{path: /metadata/labels, value: '{\"app\": \"shop\"}'}", true)]
    public void Fields_are_chosen_by_their_values_and_a_missing_one_is_as_good_as_null(string matches, bool isChosen)
        => IsChanged($"groupResource: persistentvolumeclaims, matches: [{matches}]").ShouldBe(isChosen);

    [Fact]
    public void A_condition_is_asked_of_the_object_as_it_was_before_the_first_rule()
    {
        var (claim, _) = Modification.Apply(
            Modification.Rules(
                Modification.Rule("groupResource: persistentvolumeclaims, matches: [{path: /spec/storageClassName, value: standard}]", ToPremium),
                Modification.Rule(
                    "groupResource: persistentvolumeclaims, matches: [{path: /spec/storageClassName, value: premium}]",
                    "patches: [{operation: replace, path: /spec/storageClassName, value: gold}]")),
            "persistentvolumeclaims", Modification.Claim);

        ((string?)claim["spec"]!["storageClassName"]).ShouldBe("premium");
    }

    [Fact]
    public void Each_rule_that_fits_changes_what_the_one_before_it_left()
    {
        var (claim, _) = Modification.Apply(
            Modification.Rules(
                Modification.Rule("groupResource: persistentvolumeclaims", ToPremium),
                Modification.Rule("groupResource: persistentvolumeclaims", "patches: [{operation: test, path: /spec/storageClassName, value: premium}, {operation: add, path: /spec/second, value: 'true'}]")),
            "persistentvolumeclaims", Modification.Claim);

        ((bool)claim["spec"]!["second"]!).ShouldBeTrue();
    }

    [Fact]
    public void A_rule_that_fails_changes_nothing_and_the_next_one_is_asked()
    {
        var (claim, failures) = Modification.Apply(
            Modification.Rules(
                Modification.Rule("groupResource: persistentvolumeclaims", "patches: [{operation: add, path: /spec/half, value: '1'}, {operation: remove, path: /spec/missing}]"),
                Modification.Rule("groupResource: persistentvolumeclaims", ToPremium)),
            "persistentvolumeclaims", Modification.Claim);

        failures.ShouldHaveSingleItem().ShouldContain("/spec/missing");
        claim["spec"].ShouldBeJson("""{"storageClassName":"premium","size":1}""");
    }
}
