using System.Text;
using Aeos.Backup.Restores;
using Aeos.Backup.Spool;
using Aeos.Backup.Tests.Restores;
using Aeos.Velero.Archive;

namespace Aeos.Backup.Tests.Spool;

/// <summary>Archives that no Velero writes: restored whole, or refused with nothing applied.</summary>
public class OddArchiveTests
{
    private const string Path = "resources/configmaps/namespaces/shop/one.json";

    private static string One { get; } = Manifests.ConfigMap("one");

    [Fact]
    public async Task Entries_in_any_order_are_restored_in_theirs()
    {
        var (outcome, _) = await RestoreAsync(new TarBytes()
            .File("resources/widgets.example.org/namespaces/shop/w.json", Manifests.Widget("w"))
            .File($"resources/{Manifests.Definitions}/v1-preferredversion/cluster/widgets.example.org.json", Manifests.Definition)
            .File($"resources/{Manifests.Definitions}/cluster/widgets.example.org.json", Manifests.Definition)
            .File(Path, One)
            .Version());

        RestoreBench.Created(outcome).ShouldBe(["ConfigMap/one", "CustomResourceDefinition/widgets.example.org", "Namespace/shop", "Widget/w"]);
    }

    [Fact]
    public async Task Of_an_object_that_comes_twice_the_last_one_counts_as_when_a_tar_is_unpacked()
    {
        var (_, colour) = await RestoreAsync(new TarBytes().Version().File(Path, Manifests.ConfigMap("one", value: "red")).File(Path, One));

        colour.ShouldBe("blue");
    }

    [Fact]
    public async Task Folders_and_names_with_a_leading_dot_are_what_hand_made_tars_have()
    {
        var (_, colour) = await RestoreAsync(new TarBytes().Version().Entry("resources/", [], '5').Entry("resources/configmaps/", [], '5').File($"./{Path}", One));

        colour.ShouldBe("blue");
    }

    [Fact]
    public async Task Long_names_are_read_in_both_ways_of_writing_them()
    {
        var name = string.Join('.', Enumerable.Repeat(new string('a', 60), 4)) + ".aaaaaaaaa";
        name.Length.ShouldBe(253);
        var path = $"resources/configmaps/namespaces/shop/{name}.json";
        foreach (var archive in (TarBytes[])
            [
                new TarBytes().Version().Pax(("mtime", "1.5"), ("path", path)).File("short", Manifests.ConfigMap(name)),
                new TarBytes().Version().LongName(path).File("short", Manifests.ConfigMap(name)),
            ])
        {
            var (outcome, _) = await RestoreAsync(archive);
            RestoreBench.Created(outcome).ShouldContain($"ConfigMap/{name}");
        }
    }

    [Fact]
    public async Task Pax_headers_for_all_entries_change_none()
    {
        var (_, colour) = await RestoreAsync(new TarBytes().Entry("pax_global_header", "52 comment=0123456789abcdef0123456789abcdef01234567\n"u8.ToArray(), 'g').Version().File(Path, One));

        colour.ShouldBe("blue");
    }

    public static TheoryData<string> Refused =>
    [
        "absolute", "parent", "parent in the middle", "backslash", "control character", "outside of resources", "no json", "another version", "symbolic link", "hard link",
        "character device", "block device", "fifo", "sparse", "sparse pax", "name of no UTF-8", "content of no UTF-8", "half a character", "nesting", "not an object", "two objects",
        "not JSON", "empty", "pax that lies", "pax path with a zero", "folder with content", "name too long", "half a number",
    ];

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task What_has_no_place_in_an_archive_is_refused_and_nothing_of_it_is_applied(string oddity)
    {
        await using var bench = await RestoreBench.StartAsync();
        await bench.PutBackupAsync(Odd(new TarBytes().Version().File("resources/configmaps/namespaces/shop/good.json", Manifests.ConfigMap("good")), oddity).ToBytes());

        await Should.ThrowAsync<ArchiveRefusedException>(() => bench.RestoreAsync());

        bench.Writes.ShouldBeEmpty();
        Directory.GetFiles(bench.SpoolFolder).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_object_with_a_name_twice_in_it_is_an_error_of_its_own()
    {
        var (outcome, colour) = await RestoreAsync(new TarBytes().Version().File(Path, One)
            .File("resources/configmaps/namespaces/shop/two.json", """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"two","namespace":"shop"},"data":{"a":"1"},"data":{"b":"2"}}"""));

        colour.ShouldBe("blue");
        outcome.Errors.Namespaces["shop"].Single().ShouldContain("error decoding configmaps/shop/two");
    }

    [Fact]
    public async Task Two_hundred_thousand_entries_are_read()
    {
        const int Objects = 100_000;
        var tar = new TarBytes().Version();
        for (var i = 0; i < Objects; i++)
        {
            var json = "{\"a\":1}"u8.ToArray();
            tar.Entry($"resources/configmaps/namespaces/shop/c{i}.json", json).Entry($"resources/configmaps/v1-preferredversion/namespaces/shop/c{i}.json", json);
        }

        await using var reader = new ArchiveReader(new MemoryStream(tar.ToBytes()));
        using var backup = await SpooledBackup.ReadAsync(reader, null, keepsVersions: false, null, default);

        backup.Count.ShouldBe(Objects);
        (await backup.ReadAsync(new ItemKey("configmaps", "shop", "c99999"), null, default))!.ShouldBe("{\"a\":1}"u8.ToArray());
    }

    [Fact]
    public async Task More_entries_than_there_may_be_are_refused()
    {
        var limits = new ArchiveReaderLimits { Entries = 10 };
        var tar = new TarBytes().Version();
        for (var i = 0; i < 10; i++)
        {
            tar.File($"resources/configmaps/namespaces/shop/c{i}.json", "{}");
        }

        await using var reader = new ArchiveReader(new MemoryStream(tar.ToBytes()), limits);
        (await Should.ThrowAsync<ArchiveRefusedException>(() => SpooledBackup.ReadAsync(reader, null, keepsVersions: false, null, default))).Message.ShouldContain("more than 10 entries");
    }

    private static TarBytes Odd(TarBytes tar, string oddity) => oddity switch
    {
        "absolute" => tar.File($"/{Path}", One),
        "parent" => tar.File($"../{Path}", One),
        "parent in the middle" => tar.File("resources/configmaps/namespaces/../one.json", One),
        "backslash" => tar.File("resources/configmaps/namespaces/shop/a\\b.json", One),
        "control character" => tar.File("resources/configmaps/namespaces/shop/a\nb.json", One),
        "outside of resources" => tar.File("plugins/configmaps/namespaces/shop/one.json", One),
        "no json" => tar.File("resources/configmaps/namespaces/shop/one.yaml", One),
        "another version" => tar.Version("2.0.0"),
        "symbolic link" => tar.Entry(Path, [], '2', "/etc/passwd"),
        "hard link" => tar.Entry(Path, [], '1', "metadata/version"),
        "character device" => tar.Entry(Path, [], '3'),
        "block device" => tar.Entry(Path, [], '4'),
        "fifo" => tar.Entry(Path, [], '6'),
        "sparse" => tar.Entry(Path, Encoding.UTF8.GetBytes(One), 'S'),
        "sparse pax" => tar.Pax(("GNU.sparse.major", "1"), ("GNU.sparse.minor", "0"), ("GNU.sparse.name", Path)).File(Path, One),
        "name of no UTF-8" => tar.File("resources/configmaps/namespaces/shop/\u00ff.json", One),
        "content of no UTF-8" => tar.Entry(Path, Encoding.Latin1.GetBytes(One.Replace("blue", "bl\u00ff", StringComparison.Ordinal))),
        "half a character" => tar.File(Path, One.Replace("blue", "\\ud800", StringComparison.Ordinal)),
        "nesting" => tar.File(Path, $$"""{"a":{{new string('[', 10_000)}}{{new string(']', 10_000)}}}"""),
        "not an object" => tar.File(Path, "[]"),
        "two objects" => tar.File(Path, One + One),
        "not JSON" => tar.File(Path, "{\"a\":"),
        "empty" => tar.File(Path, ""),
        "pax that lies" => tar.Entry("x", "99 path=short\n"u8.ToArray(), 'x').File(Path, One),
        "pax path with a zero" => tar.Pax(("path", $"{Path}\0.json")).File("short", One),
        "folder with content" => tar.Entry("resources/", "x"u8.ToArray(), '5'),
        "name too long" => tar.Pax(("path", $"resources/configmaps/namespaces/shop/{new string('a', 5000)}.json")).File("short", One),
        "half a number" => tar.Pax(("size", "12x")).File(Path, One),
        _ => throw new ArgumentOutOfRangeException(nameof(oddity)),
    };

    // The restore of an archive that is taken, and the colour of its object.
    private static async Task<(RestoreOutcome Outcome, string? Colour)> RestoreAsync(TarBytes archive)
    {
        await using var bench = await RestoreBench.StartAsync();
        await bench.PutBackupAsync(archive.ToBytes());
        var (_, outcome) = await bench.RestoreAsync();
        return (outcome, (string?)bench.Cluster.Find("v1", "ConfigMap", "shop", "one")?["data"]!["colour"]);
    }
}
