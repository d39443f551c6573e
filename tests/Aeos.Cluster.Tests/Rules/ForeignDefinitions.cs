namespace Aeos.Cluster.Tests.Rules;

/// <summary>Tests that define types of groups that are not their own run one after the other: on a real server all would define the same.</summary>
[CollectionDefinition(Name)]
public sealed class ForeignDefinitions
{
    public const string Name = "foreign definitions";
}
