namespace Aeos.Embedded.Errors;

/// <summary>One field that breaks a rule, as the causes of a 422 list them.</summary>
/// <param name="Reason">The cause's machine-readable reason, such as <c>FieldValueInvalid</c>.</param>
/// <param name="Field">The path of the field.</param>
/// <param name="Message">What is wrong, without the path.</param>
internal sealed record FieldProblem(string Reason, string Field, string Message)
{
    public static FieldProblem Invalid(string field, string value, string rule) =>
        new("FieldValueInvalid", field, $"Invalid value: {value}: {rule}");

    public static FieldProblem InvalidText(string field, string value, string rule) => Invalid(field, $"\"{value}\"", rule);

    public static FieldProblem Required(string field, string rule) =>
        new("FieldValueRequired", field, rule.Length == 0 ? "Required value" : $"Required value: {rule}");

    public static FieldProblem NotSupported(string field, string value, string supported) =>
        new("FieldValueNotSupported", field, $"Unsupported value: \"{value}\": supported values: {supported}");

    public static FieldProblem Immutable(string field) => new("FieldValueInvalid", field, "Invalid value: field is immutable");

    public override string ToString() => $"{Field}: {Message}";
}
