using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Aeos.Velero.Resources;

namespace Aeos.Backup.Tests.Compatibility;

public partial class CompatibilityListTests
{
    /// <summary>The one field that is none of Velero's: the proposal's for encrypted backups.</summary>
    private const string OfTheProposal = "encryption";

    [Fact]
    public void Every_rule_names_tests_that_exist()
    {
        CompatibilityList.Rows.Count.ShouldBeGreaterThan(150);
        CompatibilityList.Rows.Where(static row => row.Tests.Count == 0).Select(static row => $"{row}").ShouldBeEmpty();
        CompatibilityList.Rows
            .SelectMany(static row => row.Tests.Where(static test => !TestSources.Names.Contains(test)).Select(test => $"{row}: there is no test {test}"))
            .ShouldBeEmpty();
    }

    [Fact]
    public void Every_rule_names_a_test_of_the_cluster_suite_or_says_why_no_API_server_shows_it()
    {
        CompatibilityList.Rows.Where(static row => !IsShownByCluster(row) && string.IsNullOrEmpty(row.WhyWithoutCluster)).Select(static row => $"{row}").ShouldBeEmpty();
        CompatibilityList.Rows.Where(static row => IsShownByCluster(row) && row.WhyWithoutCluster is not null).Select(static row => $"{row}: a test of the cluster suite shows it").ShouldBeEmpty();
    }

    [Fact]
    public void Every_rule_says_what_Aeos_does_and_where_it_stands_in_Velero()
    {
        CompatibilityList.Rows.Where(static row => !Status().IsMatch(row.Status)).Select(static row => $"{row}: {row.Status}").ShouldBeEmpty();
        CompatibilityList.Rows.Where(static row => !Source().IsMatch(row.Source)).Select(static row => $"{row}: {row.Source}").ShouldBeEmpty();
        CompatibilityList.Rows.GroupBy(static row => (row.Section, row.Rule)).Where(static rows => rows.Count() > 1).Select(static rows => $"{rows.Key}").ShouldBeEmpty();
    }

    [Fact]
    public void Every_field_of_the_specs_is_in_the_list()
    {
        Fields("The Backup's spec").ShouldBe(VeleroFields.Backup, ignoreOrder: true);
        Fields("The Restore's spec").ShouldBe(VeleroFields.Restore, ignoreOrder: true);
    }

    [Fact]
    public void Every_field_that_a_document_knows_is_one_of_Veleros()
    {
        Names(typeof(BackupSpec)).Except([.. VeleroFields.Backup, OfTheProposal]).ShouldBeEmpty();
        Names(typeof(RestoreSpec)).Except(VeleroFields.Restore).ShouldBeEmpty();
    }

    private static bool IsShownByCluster(CompatibilityRow row) => row.Tests.Any(TestSources.OfClusters.Contains);

    // Fields of fields, such as hooks.resources, have rows of their own.
    private static IEnumerable<string> Fields(string section) =>
        CompatibilityList.Rows.Where(row => row.Section == section).Select(static row => row.Field).OfType<string>()
            .Where(static field => !field.Contains('.', StringComparison.Ordinal) && !field.Contains('[', StringComparison.Ordinal));

    private static IEnumerable<string> Names(Type document) => document.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(static property => property.GetCustomAttribute<JsonExtensionDataAttribute>() is null && property.GetCustomAttribute<JsonIgnoreAttribute>() is null)
        .Select(static property => property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? JsonNamingPolicy.CamelCase.ConvertName(property.Name));

    [GeneratedRegex("^(same|refused with an error|(not applicable|differs) because .+)$")]
    private static partial Regex Status();

    [GeneratedRegex(@"^(pkg|internal)/[\w./-]+\.go:\d+$")]
    private static partial Regex Source();
}
