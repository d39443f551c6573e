using System.Text;
using Aeos.Kubernetes.Errors;
using Aeos.Kubernetes.Objects;
using Aeos.Kubernetes.Requests;
using Aeos.Kubernetes.Tests.Fixtures;
using Microsoft.AspNetCore.Http;

namespace Aeos.Kubernetes.Tests;

public class RequestTests
{
    private static readonly KubernetesObject Pod = new(Encoding.UTF8.GetBytes("""{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"}, "unknown": 1.0}"""));

    [Fact]
    public async Task Each_verb_has_its_method_address_and_body()
    {
        await using var api = await TestApi.StartAsync(context => context.JsonAsync(Encoding.UTF8.GetString(Pod.Json.Span)));
        using var client = api.Client();
        var pods = WellKnownResources.Pods;

        (await client.GetAsync(pods, "shop", "a")).Json.ToArray().ShouldBe(Pod.Json.ToArray());
        await client.CreateAsync(pods, "shop", Pod, new WriteOptions { FieldManager = "velero", FieldValidation = "Ignore", DryRun = true });
        await client.UpdateAsync(pods, "shop", Pod, new WriteOptions { Subresource = "status" });
        await client.PatchAsync(pods, "shop", "a", PatchType.Json, "[]"u8.ToArray());
        await client.PatchAsync(pods, "shop", "a", PatchType.Merge, "{}"u8.ToArray());
        await client.PatchAsync(pods, "shop", "a", PatchType.Strategic, "{}"u8.ToArray());
        await client.PatchAsync(pods, "shop", "a", PatchType.Apply, "{}"u8.ToArray(), new WriteOptions { FieldManager = "aeos", Force = true });
        await client.DeleteAsync(pods, "shop", "a");
        await client.DeleteAsync(WellKnownResources.Namespaces, null, "shop", new DeleteOptions { PropagationPolicy = "Foreground", GracePeriodSeconds = 0, Uid = "u" });
        await client.DeleteCollectionAsync(pods, new Lists.ListOptions { Namespace = "shop", LabelSelector = "a=b" });

        api.Requests.Select(request => $"{request.Method} {request.Target} {request.Header("Content-Type")} {request.Body}".Trim()).ShouldBe(
        [
            "GET /api/v1/namespaces/shop/pods/a",
            "POST /api/v1/namespaces/shop/pods?fieldManager=velero&fieldValidation=Ignore&dryRun=All application/json " + Encoding.UTF8.GetString(Pod.Json.Span),
            "PUT /api/v1/namespaces/shop/pods/a/status application/json " + Encoding.UTF8.GetString(Pod.Json.Span),
            "PATCH /api/v1/namespaces/shop/pods/a application/json-patch+json []",
            "PATCH /api/v1/namespaces/shop/pods/a application/merge-patch+json {}",
            "PATCH /api/v1/namespaces/shop/pods/a application/strategic-merge-patch+json {}",
            "PATCH /api/v1/namespaces/shop/pods/a?fieldManager=aeos&force=true application/apply-patch+yaml {}",
            "DELETE /api/v1/namespaces/shop/pods/a",
            """DELETE /api/v1/namespaces/shop application/json {"kind":"DeleteOptions","apiVersion":"v1","propagationPolicy":"Foreground","gracePeriodSeconds":0,"preconditions":{"uid":"u"}}""",
            "DELETE /api/v1/namespaces/shop/pods?labelSelector=a%3Db",
        ]);
        api.Requests.ShouldAllBe(request => request.Header("User-Agent")!.StartsWith("aeos/") && request.Header("Accept") == "application/json");
    }

    [Fact]
    public async Task An_answer_that_refuses_carries_what_the_server_says()
    {
        await using var api = await TestApi.StartAsync(context => context.StatusAsync(
            422, "Invalid", "Service x is invalid", ""","details":{"causes":[{"reason":"FieldValueInvalid","message":"port taken","field":"spec.ports[0].nodePort"}]}"""));
        using var client = api.Client();

        var refusal = await Should.ThrowAsync<KubernetesApiException>(() => client.CreateAsync(WellKnownResources.Pods, "shop", Pod));
        refusal.Cause.ShouldBe("POST /api/v1/namespaces/shop/pods was answered with 422 Invalid: Service x is invalid");
        refusal.IsInvalid.ShouldBeTrue();
        refusal.HasCause("FieldValueInvalid").ShouldBeTrue();
        refusal.Status.Causes.Single().Field.ShouldBe("spec.ports[0].nodePort");
    }

    [Theory]
    [InlineData(404, "NotFound", nameof(KubernetesApiException.IsNotFound))]
    [InlineData(404, "", nameof(KubernetesApiException.IsNotFound))]
    [InlineData(409, "AlreadyExists", nameof(KubernetesApiException.IsAlreadyExists))]
    [InlineData(409, "Conflict", nameof(KubernetesApiException.IsConflict))]
    [InlineData(409, "", nameof(KubernetesApiException.IsConflict))]
    [InlineData(410, "Expired", nameof(KubernetesApiException.IsGone))]
    [InlineData(403, "Forbidden", nameof(KubernetesApiException.IsForbidden))]
    [InlineData(401, "", nameof(KubernetesApiException.IsUnauthorized))]
    [InlineData(405, "MethodNotAllowed", nameof(KubernetesApiException.IsMethodNotSupported))]
    [InlineData(413, "", nameof(KubernetesApiException.IsTooLarge))]
    [InlineData(504, "Timeout", nameof(KubernetesApiException.IsTimeout))]
    [InlineData(503, "", nameof(KubernetesApiException.IsUnavailable))]
    public void Exactly_one_predicate_holds(int code, string reason, string predicate)
    {
        var refusal = new KubernetesApiException("GET /x", new KubernetesStatus { Code = code, Reason = reason });
        Dictionary<string, bool> predicates = new()
        {
            [nameof(refusal.IsNotFound)] = refusal.IsNotFound,
            [nameof(refusal.IsAlreadyExists)] = refusal.IsAlreadyExists,
            [nameof(refusal.IsConflict)] = refusal.IsConflict,
            [nameof(refusal.IsGone)] = refusal.IsGone,
            [nameof(refusal.IsInvalid)] = refusal.IsInvalid,
            [nameof(refusal.IsBadRequest)] = refusal.IsBadRequest,
            [nameof(refusal.IsForbidden)] = refusal.IsForbidden,
            [nameof(refusal.IsUnauthorized)] = refusal.IsUnauthorized,
            [nameof(refusal.IsMethodNotSupported)] = refusal.IsMethodNotSupported,
            [nameof(refusal.IsTooLarge)] = refusal.IsTooLarge,
            [nameof(refusal.IsTooManyRequests)] = refusal.IsTooManyRequests,
            [nameof(refusal.IsTimeout)] = refusal.IsTimeout,
            [nameof(refusal.IsUnavailable)] = refusal.IsUnavailable,
            [nameof(refusal.IsInternalError)] = refusal.IsInternalError,
        };
        predicates.Where(pair => pair.Value).Select(pair => pair.Key).ShouldBe([predicate]);
    }

    [Theory]
    [InlineData("AlreadyExists", "another name")]
    [InlineData("Conflict", "newest version")]
    public void The_way_out_of_a_conflict_is_that_of_its_reason(string reason, string wayOut) =>
        new KubernetesApiException("POST /x", new KubernetesStatus { Code = 409, Reason = reason }).Remedy.ShouldContain(wayOut);

    [Fact]
    public async Task What_is_not_there_can_be_asked_for_without_an_exception()
    {
        await using var api = await TestApi.StartAsync(context => context.StatusAsync(404, "NotFound", "no"));
        using var client = api.Client();
        (await client.TryGetAsync(WellKnownResources.Pods, "shop", "a")).ShouldBeNull();
    }

    [Fact]
    public async Task A_page_of_a_proxy_is_shown_short_and_on_one_line()
    {
        await using var api = await TestApi.StartAsync(context =>
        {
            context.Response.StatusCode = 502;
            return context.Response.WriteAsync("<html>\u001b[31mBad\nGateway" + new string('x', 10_000));
        });
        using var client = api.Client();
        (await Should.ThrowAsync<KubernetesApiException>(() => client.GetAsync(WellKnownResources.Pods, "shop", "a")))
            .Cause.ShouldBe("GET /api/v1/namespaces/shop/pods/a was answered with 502: <html>[31mBad");
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("../../secrets/x")]
    [InlineData("%2e%2e")]
    public async Task A_name_that_leads_elsewhere_is_never_sent(string name)
    {
        await using var api = await TestApi.StartAsync(context => context.JsonAsync("{}"));
        using var client = api.Client();
        await Should.ThrowAsync<KubernetesException>(() => client.GetAsync(WellKnownResources.Pods, "shop", name));
        await Should.ThrowAsync<KubernetesException>(() => client.DeleteAsync(WellKnownResources.Namespaces, null, name));
        api.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Names_with_other_characters_reach_the_server_whole()
    {
        await using var api = await TestApi.StartAsync(context => context.JsonAsync("{}"));
        using var client = api.Client();
        await client.GetAsync(WellKnownResources.Namespaces, null, "system:node?x=1#é");
        api.Requests.Single().Target.ShouldBe("/api/v1/namespaces/system:node%3Fx=1%23%C3%A9");
    }

    [Fact]
    public async Task An_address_with_a_path_is_a_prefix()
    {
        await using var api = await TestApi.StartAsync(context => context.JsonAsync("""{"gitVersion":"v1.34.1","platform":"linux/amd64"}"""));
        using var client = new KubernetesClient(Configuration.ClusterConnection.ForServer(new Uri(api.Address, "/k8s/clusters/c-1/")));
        (await client.GetVersionAsync()).GitVersion.ShouldBe("v1.34.1");
        api.Requests.Single().Target.ShouldBe("/k8s/clusters/c-1/version");
    }

    [Fact]
    public async Task Warnings_are_handed_on()
    {
        await using var api = await TestApi.StartAsync(context =>
        {
            context.Response.Headers["Warning"] = """299 - "v1beta1 is deprecated, \"use\" v1" """.Trim();
            return context.JsonAsync("{}");
        });
        var warnings = new List<string>();
        using var client = api.Client(new KubernetesClientOptions { OnWarning = warnings.Add });
        await client.GetAsync(WellKnownResources.Namespaces, null, "a");
        warnings.ShouldBe(["v1beta1 is deprecated, \"use\" v1"]);
    }

    [Theory]
    [InlineData(true, "gzip")]
    [InlineData(false, null)]
    public async Task Compression_is_asked_for_only_when_wanted_and_undone(bool wanted, string? header)
    {
        await using var api = await TestApi.StartAsync(async context =>
        {
            if (context.Request.Headers.AcceptEncoding == "gzip")
            {
                context.Response.Headers.ContentEncoding = "gzip";
                await using var gzip = new System.IO.Compression.GZipStream(context.Response.Body, System.IO.Compression.CompressionLevel.Fastest);
                await gzip.WriteAsync(Pod.Json);
                return;
            }

            await context.JsonAsync(Encoding.UTF8.GetString(Pod.Json.Span));
        });
        using var client = api.Client(new KubernetesClientOptions { Compression = wanted });
        (await client.GetAsync(WellKnownResources.Pods, "shop", "a")).Name.ShouldBe("a");
        api.Requests.Single().Header("Accept-Encoding").ShouldBe(header);
    }

    [Fact]
    public async Task Nobody_is_followed_elsewhere()
    {
        await using var api = await TestApi.StartAsync(context =>
        {
            context.Response.Redirect("/elsewhere");
            return Task.CompletedTask;
        });
        using var client = api.Client();
        (await Should.ThrowAsync<KubernetesApiException>(() => client.GetAsync(WellKnownResources.Pods, "shop", "a"))).Code.ShouldBe(302);
        api.Requests.Count.ShouldBe(1);
    }
}
