namespace Aeos.ObjectStore.Tests.Contract;

/// <summary>The part of the contract that is about names: each is stored as it is, or refused with a reason.</summary>
public abstract partial class ObjectStoreContract
{
    /// <summary>Names that some store trips over: spaces, what URLs reserve, other scripts, beyond the basic plane, dots, length.</summary>
    public static TheoryData<string> OddNames { get; } =
    [
        "with space/and another.txt",
        " leading and trailing ",
        "100%/%2F/%25.txt",
        "a+b&c=d;e,f@g$h!i'j(k)l*m",
        "question?mark#hash",
        "quo\"te<less>more|bar^caret`tick{brace}[bracket]~tilde",
        "back\\slash",
        "colon:name",
        "naïve/Straße/日本語/ключ.txt",
        "combining-e\u0301/precomposed-\u00e9",
        "emoji-\U0001F511/\uFFFD/\uFB01",
        ".hidden/.dot",
        "trailing-dot./trailing-space /x",
        "...",
        "new\nline/tab\t",
        "trailing/slash/",
        "/leading",
        "two//slashes",
        "dot/./segment",
        "dots/../segment",
        "..",
        ".",
        "zero\0byte",
        "half-\ud83d-pair",
        "long/" + new string('n', 255),
        "too-long/" + new string('n', 256),
        "metadata/aeos/x",
        "-rf",
        "CON/nul.txt",
    ];

    /// <summary>Whether the store is to hold such a key; where not, it must refuse it with a reason.</summary>
    protected abstract bool CanHold(string key);

    [Theory]
    [MemberData(nameof(OddNames))]
    public async Task An_odd_name_is_stored_as_it_is_or_refused_with_a_reason(string key)
    {
        if (!CanHold(key))
        {
            var error = await Should.ThrowAsync<ObjectKeyRefusedException>(() => PutAsync(key, "x"u8.ToArray()));
            error.Rule.ShouldNotBeEmpty();
            error.Key.ShouldBe(key);
            (await Store.ExistsAsync(key, CancellationToken.None)).ShouldBeFalse();
            await Should.ThrowAsync<ObjectNotFoundException>(() => GetAsync(key));
            (await ListAsync()).ShouldBeEmpty();
            return;
        }

        await PutAsync(key, "content"u8.ToArray());

        (await GetAsync(key)).ShouldBe("content"u8.ToArray());
        (await Store.ExistsAsync(key, CancellationToken.None)).ShouldBeTrue();
        (await ListAsync()).ShouldBe([key]);
        (await ListAsync(key)).ShouldBe([key]);
        await Store.DeleteAsync(key, CancellationToken.None);
        (await ListAsync()).ShouldBeEmpty();
    }
}
