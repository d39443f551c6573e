// Starts Azurite's blob service with the arguments given, and ends with whoever started it: when that process dies, stdin closes.
process.stdin.on("end", () => process.exit(0)).resume();
require("azurite/dist/src/blob/main");
