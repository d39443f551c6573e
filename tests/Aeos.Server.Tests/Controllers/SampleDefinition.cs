namespace Aeos.Server.Tests.Controllers;

/// <summary>A definition that serves Backups, without a schema.</summary>
internal static class SampleDefinition
{
    public const string Backups = """
        {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"backups.velero.io"},
         "spec":{"group":"velero.io","scope":"Namespaced","names":{"plural":"backups","singular":"backup","kind":"Backup","listKind":"BackupList"},
          "versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object","x-kubernetes-preserve-unknown-fields":true}}}]}}
        """;
}
