#:project ../src/Aeos.EmbeddedCluster/Aeos.EmbeddedCluster.csproj
#:property PublishAot=false
// Runs an embedded cluster until its standard input ends: dotnet run scripts/cluster.cs KUBECONFIG writes to that file how to reach it.
using Aeos.Embedded;

await using var cluster = await EmbeddedCluster.StartAsync();
var file = $"{args[0]}.new";
await File.WriteAllTextAsync(file, cluster.Kubeconfig);
File.Move(file, args[0], overwrite: true);
await Console.In.ReadToEndAsync();
