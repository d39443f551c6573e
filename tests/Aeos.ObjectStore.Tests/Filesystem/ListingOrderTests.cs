using System.Text;
using Aeos.ObjectStore.Filesystem;
using FsCheck;
using FsCheck.Fluent;

namespace Aeos.ObjectStore.Tests.Filesystem;

/// <summary>Listings of random keys against a reference: the keys as bytes, sorted.</summary>
public sealed class ListingOrderTests
{
    private static readonly Arbitrary<(string[] Keys, string Prefix)> Buckets = MakeBuckets().ToArbitrary();

    [Fact]
    public void Keys_come_in_the_order_of_their_bytes_whatever_the_names_and_the_prefix() =>
        Prop.ForAll(Buckets, bucket => WithFiles(bucket.Keys, folder =>
            KeyWalk.Keys(folder, bucket.Prefix).SequenceEqual(
                Sorted(bucket.Keys.Where(key => key.StartsWith(bucket.Prefix, StringComparison.Ordinal)))))).QuickCheckThrowOnFailure();

    [Fact]
    public void Folders_come_in_the_order_of_their_bytes_each_once() =>
        Prop.ForAll(Buckets, bucket => WithFiles(bucket.Keys, folder =>
            KeyWalk.Folders(folder, bucket.Prefix).SequenceEqual(
                Sorted(bucket.Keys
                    .Where(key => key.StartsWith(bucket.Prefix, StringComparison.Ordinal) && key.IndexOf('/', bucket.Prefix.Length) >= 0)
                    .Select(key => key[..(key.IndexOf('/', bucket.Prefix.Length) + 1)])
                    .Distinct())))).QuickCheckThrowOnFailure();

    [Fact]
    public void Text_is_ordered_as_its_bytes() =>
        Prop.ForAll(Texts().ToArbitrary(), Texts().ToArbitrary(), (left, right) =>
            Math.Sign(Utf8Order.Instance.Compare(left, right))
                == Math.Sign(Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right)))).QuickCheckThrowOnFailure();

    private static Gen<string> Texts() =>
        Gen.Elements("a", "b", "-", ".", "0", "~", "é", "\uD7FF", "\uE000", "\uFFFD", "\U00010000", "\U0001F511").ListOf().Select(string.Concat);

    private static Gen<(string[] Keys, string Prefix)> MakeBuckets()
    {
        var name = Gen.Elements("a", "b", "-", ".x", "0", "~", "\uFFFD", "\uE000", "\U0001F511").NonEmptyListOf()
            .Select(parts => string.Concat(parts.Take(3)));
        var key = name.NonEmptyListOf().Select(names => string.Join('/', names.Take(4)));
        return from keys in key.ListOf()
               let held = WithoutConflicts(keys)
               from source in Gen.Elements(held.Append("a/b").ToArray())
               from length in Gen.Choose(0, source.Length)
               let end = length > 0 && char.IsHighSurrogate(source[length - 1]) ? length - 1 : length
               select (held, source[..end]);
    }

    /// <summary>A folder cannot hold a file and a folder of one name.</summary>
    private static string[] WithoutConflicts(IEnumerable<string> keys)
    {
        var distinct = keys.Distinct().ToList();
        return [.. distinct.Where(key => !distinct.Any(other => other.StartsWith(key + "/", StringComparison.Ordinal)))];
    }

    private static bool WithFiles(string[] keys, Func<BucketFolder, bool> check)
    {
        using var root = new TempFolder();
        var bucket = root.Make("velero");
        foreach (var path in keys.Select(key => Path.Combine(bucket, key)))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, []);
        }

        return check(new BucketFolder(root.Path, "velero"));
    }

    private static IEnumerable<string> Sorted(IEnumerable<string> keys)
    {
        var sorted = keys.Select(Encoding.UTF8.GetBytes).ToList();
        sorted.Sort((left, right) => left.AsSpan().SequenceCompareTo(right));
        return sorted.Select(Encoding.UTF8.GetString);
    }
}
