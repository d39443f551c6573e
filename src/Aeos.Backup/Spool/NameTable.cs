using System.Runtime.CompilerServices;
using System.Text;

namespace Aeos.Backup.Spool;

/// <summary>
/// Names, each with a small value: a dictionary for millions of them. They lie in one array as UTF-8 instead of being objects: a name takes its bytes and about
/// 20 more besides the value, where a dictionary of strings takes twice its bytes and 90. Nothing is ever removed. One writer at a time; readers beside it need a lock.
/// </summary>
/// <typeparam name="T">The value.</typeparam>
internal sealed class NameTable<T>
    where T : struct
{
    private const int ShortName = 256;

    private byte[] _names = new byte[256];
    private Entry[] _entries = new Entry[8];

    // A place in _entries plus one; 0 is free. Open addressing, at most two thirds full, always a power of two.
    private int[] _slots = new int[16];

    /// <summary>How many names there are.</summary>
    public int Count { get; private set; }

    /// <summary>The names, in the order in which they came.</summary>
    public IEnumerable<string> Names => Enumerable.Range(0, Count).Select(NameAt);

    /// <summary>The value at a place. The reference holds until a name is added.</summary>
    public ref T this[int place] => ref _entries[place].Value;

    /// <summary>Where a name is; -1 when it is not there.</summary>
    public int Find(string name)
    {
        var utf8 = name.Length <= ShortName ? stackalloc byte[ShortName * 3] : new byte[Encoding.UTF8.GetMaxByteCount(name.Length)];
        utf8 = utf8[..Encoding.UTF8.GetBytes(name, utf8)];
        return _slots[Seek(utf8, name.GetHashCode(StringComparison.Ordinal))] - 1;
    }

    /// <summary>Where a name is; it is added, with an empty value, when it is not there.</summary>
    /// <param name="name">The name.</param>
    /// <param name="isNew">Whether it was added.</param>
    public int FindOrAdd(string name, out bool isNew)
    {
        var utf8 = name.Length <= ShortName ? stackalloc byte[ShortName * 3] : new byte[Encoding.UTF8.GetMaxByteCount(name.Length)];
        utf8 = utf8[..Encoding.UTF8.GetBytes(name, utf8)];
        var hash = name.GetHashCode(StringComparison.Ordinal);
        var slot = Seek(utf8, hash);
        isNew = _slots[slot] == 0;
        if (!isNew)
        {
            return _slots[slot] - 1;
        }

        if ((Count + 1) * 3L > _slots.Length * 2L)
        {
            Spread();
            slot = Seek(utf8, hash);
        }

        Append(utf8, hash);
        _slots[slot] = Count;
        return Count - 1;
    }

    /// <summary>The name at a place.</summary>
    public string NameAt(int place) => Encoding.UTF8.GetString(Bytes(place));

    /// <summary>The places, by the order of their names' bytes.</summary>
    public int[] Sorted()
    {
        var places = Enumerable.Range(0, Count).ToArray();
        Array.Sort(places, (left, right) => Bytes(left).SequenceCompareTo(Bytes(right)));
        return places;
    }

    private ReadOnlySpan<byte> Bytes(int place)
    {
        var start = place == 0 ? 0 : _entries[place - 1].NameEnd;
        return _names.AsSpan(start, _entries[place].NameEnd - start);
    }

    // The slot that the name is in, or the free one that it belongs in.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Seek(ReadOnlySpan<byte> name, int hash)
    {
        var slot = hash & (_slots.Length - 1);
        while (_slots[slot] is var there and > 0 && (_entries[there - 1].Hash != hash || !Bytes(there - 1).SequenceEqual(name)))
        {
            slot = (slot + 1) & (_slots.Length - 1);
        }

        return slot;
    }

    private void Append(ReadOnlySpan<byte> name, int hash)
    {
        var start = Count == 0 ? 0 : _entries[Count - 1].NameEnd;
        var end = checked(start + name.Length);
        if (end > _names.Length)
        {
            Array.Resize(ref _names, (int)Math.Min(Math.Max(_names.Length * 2L, end), Array.MaxLength));
        }

        if (Count == _entries.Length)
        {
            Array.Resize(ref _entries, Count * 2);
        }

        name.CopyTo(_names.AsSpan(start));
        _entries[Count++] = new Entry { NameEnd = end, Hash = hash };
    }

    private void Spread()
    {
        _slots = new int[_slots.Length * 2];
        for (var place = 0; place < Count; place++)
        {
            _slots[Seek(Bytes(place), _entries[place].Hash)] = place + 1;
        }
    }

    private struct Entry
    {
        public T Value;
        public int NameEnd;
        public int Hash;
    }
}
