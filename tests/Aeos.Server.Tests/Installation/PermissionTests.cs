using System.Runtime.CompilerServices;
using Aeos.Server.Installation;

namespace Aeos.Server.Tests.Installation;

public sealed class PermissionTests
{
    public static TheoryData<string> Rows =>
    [
        .. Table("backup", ServerPermissions.Backup),
        .. Table("restore", ServerPermissions.Restore),
        .. Table("in its own namespace", ServerPermissions.Own),
    ];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Each_rule_is_in_the_documentation_with_its_reason(string row) => File.ReadAllLines(Operations()).ShouldContain(row);

    [Fact]
    public void The_documentation_has_no_rule_that_the_server_has_not()
        => File.ReadAllLines(Operations()).Count(line => line.StartsWith("| backup |") || line.StartsWith("| restore |") || line.StartsWith("| in its own namespace |")).ShouldBe(Rows.Count);

    [Fact]
    public void Nothing_outside_of_its_own_namespace_may_be_deleted()
        => ServerPermissions.Backup.Concat(ServerPermissions.Restore).ShouldAllBe(rule => !rule.Verbs.Any(verb => verb == "*" || verb.StartsWith("delete") || verb == "impersonate"));

    private static IEnumerable<string> Table(string role, IEnumerable<PermissionRule> rules) => rules.Select(rule =>
        $"| {role} | {Texts(rule.Groups.Select(group => group.Length == 0 ? "core" : group))} | {Texts(rule.Resources)}{(rule.Names.Length > 0 ? $", only {Texts(rule.Names)}" : "")} | {string.Join(", ", rule.Verbs)} | {rule.Reason} |");

    private static string Texts(IEnumerable<string> texts) => string.Join(", ", texts.Select(text => text == "core" ? text : $"`{text}`"));

    private static string Operations([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "../../../docs/operations.md");
}
