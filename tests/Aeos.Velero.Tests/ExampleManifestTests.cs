using System.Security.Cryptography;
using Aeos.Encryption.Keys;
using Aeos.ObjectStore.Locations;
using Aeos.Velero.Resources;
using Microsoft.Extensions.Logging.Abstractions;
using YamlDotNet.RepresentationModel;

namespace Aeos.Velero.Tests;

/// <summary>The manifests in deploy/examples, which people copy.</summary>
public sealed class ExampleManifestTests
{
    private static readonly string Folder = Path.Combine(RepositoryRoot(), "deploy", "examples");

    public static TheoryData<string> Manifests => [.. Directory.EnumerateFiles(Folder, "*.yaml").Select(file => Path.GetFileName(file))];

    [Theory]
    [MemberData(nameof(Manifests))]
    public void Every_document_is_a_location_or_a_schedule_that_Velero_takes(string file)
    {
        var documents = Documents(file);

        documents.ShouldNotBeEmpty();
        foreach (var document in documents)
        {
            Text(document, "apiVersion").ShouldBe("velero.io/v1");
            switch (Text(document, "kind"))
            {
                case "BackupStorageLocation":
                    BackupStorageLocationManifest.Parse(Print(document), file).Bucket.ShouldNotBeEmpty();
                    break;
                case "Schedule":
                    CheckFilters((YamlMappingNode)document["spec"]["template"]);
                    break;
                default:
                    Assert.Fail($"{file} holds a {Text(document, "kind")}.");
                    break;
            }
        }
    }

    [Fact]
    public void The_schedules_beside_the_official_plugin_name_the_locations_of_the_other_example()
    {
        var locations = Documents("locations-beside-azure-plugin.yaml").Select(document => Text(document["metadata"], "name"));
        var used = Documents("schedules-beside-azure-plugin.yaml").Select(document => Text(document["spec"]["template"], "storageLocation"));

        used.ShouldBe(locations);
    }

    [Fact]
    public void At_most_one_location_of_an_example_is_the_default()
    {
        Documents("locations-beside-azure-plugin.yaml")
            .Count(document => ((YamlMappingNode)document["spec"]).Children.ContainsKey("default"))
            .ShouldBe(1);
    }

    [Fact]
    public async Task The_example_locations_of_ours_open_once_key_and_credentials_are_there()
    {
        using var key = WrappingKey.Generate(256);
        var environment = new Dictionary<string, string>
        {
            ["AZURE_STORAGE_ACCOUNT_ACCESS_KEY"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(64)),
            ["AZURE_STORAGE_ACCOUNT_ENCRYPTION_KEY"] = Convert.ToBase64String(key.Bytes),
        };
        var opener = new LocationOpener(environment.GetValueOrDefault, NullLogger.Instance);
        List<string> opened = [];
        foreach (var document in Directory.EnumerateFiles(Folder, "*.yaml").Order().SelectMany(file => Documents(file)))
        {
            if (Text(document, "kind") != "BackupStorageLocation" || !LocationOpener.Providers.Contains(Text(document["spec"], "provider")))
            {
                continue;
            }

            var spec = BackupStorageLocationManifest.Parse(Print(document), "example");
            var config = spec.Config.Where(setting => setting.Key != "encryptionKeyFile").ToDictionary();
            await using var location = await opener.OpenAsync(spec with { Config = config }, CancellationToken.None);
            opened.Add($"{location.Spec.Provider} {location.Spec.Bucket}");
        }

        opened.ShouldBe(["equinor/velero-plugin-aeos velero", "aeos.io/filesystem velero", "equinor/velero-plugin-aeos velero-secrets"]);
    }

    // Velero refuses an excluded "*" and an item on both lists (ValidateIncludesExcludes).
    private static void CheckFilters(YamlMappingNode template)
    {
        var included = Items(template, "includedResources");
        var excluded = Items(template, "excludedResources");

        excluded.ShouldNotContain("*");
        excluded.Intersect(included).ShouldBeEmpty();
    }

    private static List<string> Items(YamlMappingNode template, string field) =>
        template.Children.TryGetValue(field, out var items) ? [.. ((YamlSequenceNode)items).Select(item => ((YamlScalarNode)item).Value!)] : [];

    private static List<YamlMappingNode> Documents(string file)
    {
        using var reader = new StreamReader(Path.Combine(Folder, file));
        var stream = new YamlStream();
        stream.Load(reader);
        return [.. stream.Documents.Select(document => (YamlMappingNode)document.RootNode)];
    }

    private static string Print(YamlMappingNode document)
    {
        using var writer = new StringWriter();
        new YamlStream(new YamlDocument(document)).Save(writer, assignAnchors: false);
        return writer.ToString();
    }

    private static string Text(YamlNode node, string field) => ((YamlScalarNode)node[field]).Value!;

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Aeos.slnx")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException($"{AppContext.BaseDirectory} is in no checkout of Aeos.");
        }

        return folder.FullName;
    }
}
