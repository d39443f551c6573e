using System.Globalization;
using Aeos.Backup.Spool;

namespace Aeos.Backup.Tests.Spool;

public class NameTableTests
{
    [Fact]
    public void A_hundred_thousand_names_are_found_with_their_values_in_the_order_in_which_they_came()
    {
        var table = new NameTable<int>();
        string[] names = [.. Enumerable.Range(0, 100_000).Select(number => $"name-{number.ToString(CultureInfo.InvariantCulture)}")];
        for (var number = 0; number < names.Length; number++)
        {
            table[table.FindOrAdd(names[number], out var isNew)] = number;
            isNew.ShouldBeTrue();
        }

        table.Count.ShouldBe(names.Length);
        table.Names.ShouldBe(names);
        names.Select(name => table[table.Find(name)]).ShouldBe(Enumerable.Range(0, names.Length));
        table.Find("name-100000").ShouldBe(-1);
    }

    [Fact]
    public void A_name_that_comes_again_keeps_its_place()
    {
        var table = new NameTable<int>();
        var first = table.FindOrAdd("web", out _);
        table.FindOrAdd("db", out _);

        table.FindOrAdd("web", out var isNew).ShouldBe(first);

        isNew.ShouldBeFalse();
        table.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Grüße-世界-🙂")]
    [InlineData("system:node:a b")]
    public void A_name_comes_back_as_it_was(string name)
    {
        var table = new NameTable<byte>();

        table.NameAt(table.FindOrAdd(name, out _)).ShouldBe(name);
    }

    [Fact]
    public void A_name_of_a_thousand_letters_is_found()
    {
        var table = new NameTable<byte>();
        var name = new string('n', 1000);

        table.FindOrAdd(name, out _);

        table.Find(name).ShouldBe(0);
        table.Find(name + "n").ShouldBe(-1);
    }

    [Fact]
    public void Sorted_places_are_in_the_order_of_the_names()
    {
        var table = new NameTable<byte>();
        foreach (var name in (string[])["web", "api", "db", "api-2"])
        {
            table.FindOrAdd(name, out _);
        }

        table.Sorted().Select(table.NameAt).ShouldBe(["api", "api-2", "db", "web"]);
    }
}
