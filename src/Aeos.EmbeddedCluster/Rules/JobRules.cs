using System.Text.Json.Nodes;
using Aeos.Embedded.Errors;
using Aeos.Embedded.Json;

namespace Aeos.Embedded.Rules;

/// <summary>A job's selector and labels carry its uid, which the server sets: those of another job are refused, as a restore finds out.</summary>
internal sealed class JobRules : TypeRules
{
    private static readonly string[] UidLabels = ["batch.kubernetes.io/controller-uid", "controller-uid"];
    private static readonly string[] NameLabels = ["batch.kubernetes.io/job-name", "job-name"];

    public override void BeforeCreate(JsonObject node, RuleContext context)
    {
        var spec = node.Ensure("spec");
        if (spec.Flag("manualSelector") != true)
        {
            var uid = node.Metadata().Text("uid")!;
            var labels = spec.Ensure("template").Ensure("metadata").Ensure("labels");
            var problems = new List<FieldProblem>();
            Fill(labels, UidLabels, uid, "uid", problems);
            Fill(labels, NameLabels, node.Name(), "name", problems);
            // The server adds its label to what is given, and then nothing may be in it but its labels.
            var selector = spec.Ensure("selector");
            var given = selector.Ensure("matchLabels");
            given.Default(UidLabels[0], uid);
            if (given.Any(pair => $"{pair.Value}" != (UidLabels.Contains(pair.Key) ? uid : NameLabels.Contains(pair.Key) ? node.Name() : null)))
            {
                problems.Add(FieldProblem.Invalid("spec.selector", selector.ToJsonString(), "`selector` not auto-generated"));
            }

            if (problems.Count > 0)
            {
                throw ApiError.Invalid(context.Type, node.Name(), problems);
            }
        }

        spec.Default("backoffLimit", 6);
        spec.Default("completions", 1);
        spec.Default("parallelism", 1);
        spec.Default("completionMode", "NonIndexed");
        spec.Default("suspend", false);
        if (spec.Child("template", "spec") is { } pod)
        {
            PodDefaults.Set(pod);
        }

        node.Default("status", new JsonObject());
    }

    private static void Fill(JsonObject labels, string[] names, string value, string what, List<FieldProblem> problems)
    {
        foreach (var name in names)
        {
            if (labels.Filled(name) is { } given && given != value)
            {
                problems.Add(FieldProblem.InvalidText($"spec.template.metadata.labels[{name}]", given, $"must be the job's {what}: '{value}'"));
            }

            labels[name] = value;
        }
    }
}
