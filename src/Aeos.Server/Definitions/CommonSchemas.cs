using static Aeos.Server.Definitions.SchemaWords;

namespace Aeos.Server.Definitions;

/// <summary>What several kinds have in common.</summary>
internal static class CommonSchemas
{
    public static Schema LabelSelector(string description) => Object(
        description,
        ("matchExpressions", List("Requirements, all of which must be met.", Object(
            "",
            ("key", Text("The label.").Required()),
            ("operator", Text("In, NotIn, Exists or DoesNotExist.").Required()),
            ("values", Texts("Values for In and NotIn.").Atomic()))).Atomic()),
        ("matchLabels", Map("Labels, each with the value that it must have."))).Atomic();

    public static Schema SelectorChoice(string what) => List($"Selectors, one of which {what} must match.", LabelSelector("")).OrNull();

    /// <summary>A field of a Secret in the server's namespace.</summary>
    public static Schema SecretField(string description) => Object(
        description,
        ("key", Text("The field.").Required()),
        ("name", Text("The Secret's name.") with { Default = "" }),
        ("optional", Switch("Whether it may be absent."))).Atomic();

    /// <summary>An object in the server's namespace.</summary>
    public static Schema Reference(string description) => Object(
        description,
        ("apiGroup", Text("Its group; absent for the core group.")),
        ("kind", Text("Its kind.").Required()),
        ("name", Text("Its name.").Required())).Atomic();

    public static Schema Pod(string description) => Object(
        description,
        ("apiVersion", Text("Its group and version.")),
        ("fieldPath", Text("A part of it.")),
        ("kind", Text("Its kind.")),
        ("name", Text("Its name.")),
        ("namespace", Text("Its namespace.")),
        ("resourceVersion", Text("The version of a state.")),
        ("uid", Text("Its identity."))).Atomic();

    public static Schema Command() => Texts("The command and its arguments; no shell reads them.").Required() with { MinItems = 1 };

    public static Schema OnError(string description) => Choice(description, "Continue", "Fail");

    public static Schema HookCounts() => Object(
        "How hooks went.",
        ("hooksAttempted", Whole("Hooks that were run.")),
        ("hooksFailed", Whole("Hooks that failed."))).OrNull();

    public static Schema Uploader() => Choice("What copies the data.", "kopia", "restic", "");

    /// <summary>How far a copy of a volume has come.</summary>
    public static (string Name, Schema Schema)[] CopyProgress() =>
    [
        ("acceptedTimestamp", Time("When a node took it.")),
        ("completionTimestamp", Time("When it ended.")),
        ("message", Text("Why it ended as it did.")),
        ("phase", Choice("How far it is.", "New", "Accepted", "Prepared", "InProgress", "Canceling", "Canceled", "Completed", "Failed")),
        ("progress", Object(
            "How much is copied.",
            ("bytesDone", Large("Bytes that are copied.")),
            ("totalBytes", Large("Bytes in all.")))),
        ("startTimestamp", Time("When copying began.")),
    ];
}
