using Aeos.ObjectStore.Locations;
using Microsoft.Extensions.Logging.Abstractions;

// Uploads an object that never ends, until it is killed: ADDRESS ACCOUNT CONTAINER KEY. The credentials are in the environment.
var spec = new LocationSpec("aeos.io/azure", args[2], "", new Dictionary<string, string>
{
    ["storageAccount"] = args[1],
    ["storageAccountURI"] = args[0],
    ["blockSizeInBytes"] = "65536",
});
await using var location = await new LocationOpener(Environment.GetEnvironmentVariable, NullLogger.Instance).OpenAsync(spec, CancellationToken.None);
await using var writer = await location.Store.CreateAsync(args[3], CancellationToken.None);
for (var written = 0; ; written++)
{
    await writer.WriteAsync(new byte[65536]);
    if (written == 20)
    {
        // Blocks are taken at two at a time: most of these are with the service by now.
        Console.WriteLine("uploading");
    }
}
