using static Aeos.Server.Definitions.SchemaWords;

namespace Aeos.Server.Definitions.Kinds;

/// <summary>ServerStatusRequest: asks the server which version it is of.</summary>
internal static class ServerStatusRequestDefinition
{
    public static ResourceDefinition Value { get; } = new("ServerStatusRequest", "serverstatusrequests", Object("Nothing is asked but who the server is."), Status())
    {
        Description = "A request to the server to say who it is.",
        ShortNames = ["ssr"],
    };

    private static Schema Status() => Object(
        "The answer.",
        ("phase", Choice("Whether it is answered.", "New", "Processed")),
        ("plugins", List("What the server can use.", Object(
            "",
            ("kind", Text("Its kind, such as ObjectStore.").Required()),
            ("name", Text("Its name.").Required()))).OrNull()),
        ("processedTimestamp", Time("When it was answered; it is deleted a while later.")),
        ("serverVersion", Text("The server's version.")));
}
