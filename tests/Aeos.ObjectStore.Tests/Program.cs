using Aeos.ObjectStore.Filesystem;

// A writer in a process of its own, for the tests to kill: writes half an object, says so, and waits for the end of its input.
// Arguments: ROOT BUCKET KEY
await using var store = new FilesystemStore(args[0], args[1]);
await using var writer = await store.CreateAsync(args[2], CancellationToken.None);
await writer.WriteAsync(new byte[100_000]);
Console.WriteLine("written");
await Console.In.ReadToEndAsync();
