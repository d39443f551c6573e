namespace Aeos.Embedded.Types;

/// <summary>What an object of a type may be called.</summary>
internal enum NameRule
{
    /// <summary>A DNS subdomain of RFC 1123: the rule for most types.</summary>
    Subdomain,

    /// <summary>A DNS label of RFC 1123: namespaces.</summary>
    Label,

    /// <summary>A DNS label of RFC 1035, which begins with a letter: services.</summary>
    OldLabel,

    /// <summary>Anything that fits into a path: roles and their bindings.</summary>
    PathSegment,
}
