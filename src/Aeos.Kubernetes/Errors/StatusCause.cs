namespace Aeos.Kubernetes.Errors;

/// <summary>One entry of a Status' <c>details.causes</c> (meta/v1 StatusCause).</summary>
/// <param name="Reason">The machine-readable cause, such as <c>FieldValueInvalid</c> or <c>NamespaceTerminating</c>; may be empty.</param>
/// <param name="Message">The same for people; may be empty.</param>
/// <param name="Field">The field of the object that is meant, such as <c>spec.ports[0].nodePort</c>; may be empty.</param>
public sealed record StatusCause(string Reason, string Message, string Field);
