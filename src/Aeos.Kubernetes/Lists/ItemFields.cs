namespace Aeos.Kubernetes.Lists;

/// <summary>Which of the fields that lists leave out an item has all the same.</summary>
[Flags]
internal enum ItemFields
{
    None = 0,
    Any = 1,
    ApiVersion = 2,
    Kind = 4,
}
