namespace Aeos.Cluster.Tests.Rules.Backups;

/// <summary>Tests that take a part of the API away run alone: every discovery notices.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AwayRules
{
    public const string Name = "parts that are away";
}
