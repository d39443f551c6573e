using System.Globalization;
using Aeos.Embedded.Errors;
using Aeos.Embedded.Reading;
using Aeos.Embedded.Selection;
using Aeos.Embedded.Types;
using Aeos.Embedded.Writing;
using Microsoft.AspNetCore.Http;

namespace Aeos.Embedded.Http;

/// <summary>The parameters of a request, read as the API has them.</summary>
internal sealed class RequestQuery(IQueryCollection query)
{
    public bool Watch => Flag("watch");

    public bool Bookmarks => Flag("allowWatchBookmarks");

    public bool InitialEvents => Flag("sendInitialEvents");

    public bool Force => Flag("force");

    public string? FieldManager => Text("fieldManager");

    public long? ResourceVersion => Text("resourceVersion") switch
    {
        null => null,
        var text when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
        var text => throw ApiError.BadRequest($"Invalid value: \"{text}\": the resource version is no number"),
    };

    public TimeSpan? Timeout => Number("timeoutSeconds") is > 0 and { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    public bool DryRun => Text("dryRun") switch
    {
        null => false,
        "All" => true,
        var other => throw ApiError.BadRequest($"Unsupported value: \"{other}\": dryRun can only be \"All\""),
    };

    public DeleteOptions DeleteOptions => new() { DryRun = DryRun, Propagation = Text("propagationPolicy") };

    public IReadOnlyList<string> All(string name) => [.. query[name].OfType<string>()];

    public bool Flag(string name) => Text(name) is "true" or "1" or "True" or "t";

    public string? Text(string name) => query.TryGetValue(name, out var values) && values.Count > 0 && values[0] is { Length: > 0 } text ? text : null;

    public ObjectSelection Selection(ResourceType type, string? ns) =>
        new(ns, LabelSelector.Parse(Text("labelSelector")), FieldSelector.Parse(Text("fieldSelector"), type));

    public ListRequest List(ResourceType type, string? ns) =>
        new(Selection(type, ns), (int)Math.Clamp(Number("limit") ?? 0, 0, int.MaxValue), Text("continue"), ResourceVersion, Text("resourceVersionMatch") == "Exact");

    private long? Number(string name) => Text(name) is { } text
        ? long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw ApiError.BadRequest($"strconv.ParseInt: parsing \"{text}\": invalid syntax")
        : null;
}
