using System.Text;
using Aeos.Velero.Resources;

namespace Aeos.Velero.Tests;

public class OperationResultsTests
{
    [Fact]
    public async Task A_hundred_thousand_messages_from_many_threads_come_back_each_once()
    {
        var results = new OperationResults();
        Parallel.For(0, 100_000, i => results.Warnings.Add($"ns-{i % 3}", $"item {i} \"ö\" {new string('x', i % 100)}"));
        results.Errors.AddVelero(new string('y', 100_000));
        results.Errors.AddVelero("");
        results.Errors.Add("", "of the cluster");
        using var json = new MemoryStream();
        await results.WriteToAsync(json, default);

        var read = OperationResults.Parse(json.ToArray(), "results");

        read.Warnings.Count.ShouldBe(100_000);
        read.Warnings.Namespaces.Keys.ShouldBe(["ns-0", "ns-1", "ns-2"]);
        read.Warnings.Namespaces["ns-1"].Distinct().Count().ShouldBe(33_333);
        read.Warnings.Namespaces["ns-1"].ShouldContain("item 1 \"ö\" x");
        read.Errors.Velero.Select(message => message.Length).ShouldBe([100_000, 0]);
        read.Errors.Cluster.ShouldBe(["of the cluster"]);
    }

    [Fact]
    public async Task Results_have_Velero_s_form_without_empty_lists()
    {
        var results = new OperationResults();
        results.Errors.AddVelero("a");
        results.Warnings.Add("shop", "b");
        using var json = new MemoryStream();
        await results.WriteToAsync(json, default);

        Encoding.UTF8.GetString(json.ToArray()).ShouldBe("""{"errors":{"velero":["a"]},"warnings":{"namespaces":{"shop":["b"]}}}""");
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("")]
    public void Something_else_is_refused(string text)
        => Should.Throw<AeosException>(() => OperationResults.Parse(Encoding.UTF8.GetBytes(text), "results")).Cause.ShouldContain("results");
}
