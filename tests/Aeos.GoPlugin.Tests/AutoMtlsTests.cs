using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Aeos.GoPlugin.Grpc;
using Aeos.GoPlugin.Handshake;
using Aeos.GoPlugin.TestPlugin;
using Aeos.GoPlugin.Tests.Fixtures;
using Aeos.GoPlugin.Tls;
using Google.Protobuf.WellKnownTypes;

namespace Aeos.GoPlugin.Tests;

/// <summary>Only host and plugin of one start can talk to each other.</summary>
public sealed class AutoMtlsTests : IAsyncLifetime
{
    private readonly X509Certificate2 _host = OneTimeCertificate.Create(TimeProvider.System);
    private readonly X509Certificate2 _stranger = OneTimeCertificate.Create(TimeProvider.System);
    private PluginRun _plugin = null!;
    private X509Certificate2 _server = null!;

    public async Task InitializeAsync()
    {
        _plugin = await PluginRun.StartAsync((PluginEnvironment.ClientCertificate, _host.ExportCertificatePem()));
        _server = X509CertificateLoader.LoadCertificate(_plugin.Handshake.Certificate!);
    }

    public async Task DisposeAsync()
    {
        await _plugin.DisposeAsync();
        _host.Dispose();
        _stranger.Dispose();
        _server.Dispose();
    }

    [Fact]
    public async Task The_host_is_served()
    {
        await using var channel = GrpcChannel.Create(_plugin.Handshake.Address, (_host, _server), TimeProvider.System);
        (await channel.UnaryAsync(Methods.Echo, new StringValue { Value = "x" }, null, CancellationToken.None)).Value.ShouldBe("x");
    }

    [Fact]
    public async Task A_stranger_is_refused_with_another_certificate_and_without_one()
    {
        await using var other = GrpcChannel.Create(_plugin.Handshake.Address, (_stranger, _server), TimeProvider.System);
        await ShouldFailAsync(other);
        await using var plain = GrpcChannel.Create(_plugin.Handshake.Address, null, TimeProvider.System);
        await ShouldFailAsync(plain);

        using var socket = await _plugin.ConnectSocketAsync(CancellationToken.None);
        await using var tls = new SslStream(new NetworkStream(socket));
        await Should.ThrowAsync<Exception>(async () =>
        {
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = OneTimeCertificate.HostName,
                RemoteCertificateValidationCallback = OneTimeCertificate.Pinned(_server),
                EnabledSslProtocols = SslProtocols.Tls13,
            });

            // TLS 1.3 tells a client of its refusal only when it reads.
            await tls.ReadExactlyAsync(new byte[1]);
        });
    }

    [Fact]
    public async Task A_server_with_another_certificate_is_refused()
    {
        await using var channel = GrpcChannel.Create(_plugin.Handshake.Address, (_host, _stranger), TimeProvider.System);
        await ShouldFailAsync(channel);
    }

    [Fact]
    public void A_certificate_is_as_go_plugins_own()
    {
        _server.GetECDsaPublicKey()!.KeySize.ShouldBe(521);
        _server.MatchesHostname("localhost").ShouldBeTrue();
        _server.Subject.ShouldContain("CN=localhost");
        (_server.NotBefore < DateTime.Now).ShouldBeTrue();
        _server.Extensions.OfType<X509BasicConstraintsExtension>().ShouldHaveSingleItem().CertificateAuthority.ShouldBeTrue();
        _server.Extensions.OfType<X509EnhancedKeyUsageExtension>().ShouldHaveSingleItem().EnhancedKeyUsages.Count.ShouldBe(2);
        _server.HasPrivateKey.ShouldBeFalse();
    }

    [Fact]
    public async Task A_certificate_that_cannot_be_read_is_an_error()
    {
        await using var plugin = await PluginRun.StartAsync((PluginEnvironment.ClientCertificate, "no certificate"));
        var (exitCode, _, stderr) = await plugin.WaitForExitAsync();
        exitCode.ShouldBe(1);
        plugin.Line.ShouldBeNull();
        stderr.ShouldContain("cannot start");
    }

    private static async Task ShouldFailAsync(GrpcChannel channel)
    {
        var e = await Should.ThrowAsync<RpcException>(() => channel.UnaryAsync(Methods.Echo, new StringValue(), null, CancellationToken.None));
        e.StatusCode.ShouldBeOneOf(StatusCode.Unavailable, StatusCode.Internal);
    }
}
