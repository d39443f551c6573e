// Wire is both sides of HashiCorp's own go-plugin, for the tests of Aeos.GoPlugin:
//
//	wire             is a plugin that serves aeos.test.Wire, as tests/Aeos.GoPlugin.TestPlugin does
//	wire host PLUGIN starts PLUGIN as a host does, and checks what it answers; -mtls encrypts the connection
//
// It needs no generated code, since the service's messages are protobuf's own wrappers, and builds with Debian's packages
// (GO111MODULE=off) as well as against newer modules.
package main

import (
	"flag"
	"fmt"
	"os"

	plugin "github.com/hashicorp/go-plugin"
)

var handshake = plugin.HandshakeConfig{ProtocolVersion: 2, MagicCookieKey: "AEOS_TEST_PLUGIN", MagicCookieValue: "wire"}

func main() {
	if len(os.Args) < 2 || os.Args[1] != "host" {
		plugin.Serve(&plugin.ServeConfig{
			HandshakeConfig: handshake,
			Plugins:         plugin.PluginSet{"wire": &wirePlugin{}},
			GRPCServer:      plugin.DefaultGRPCServer,
		})
		return
	}

	flags := flag.NewFlagSet("host", flag.ExitOnError)
	mtls := flags.Bool("mtls", false, "encrypt the connection (AutoMTLS)")
	flags.Parse(os.Args[2:])
	if flags.NArg() != 1 {
		fmt.Fprintln(os.Stderr, "usage: wire host [-mtls] PLUGIN")
		os.Exit(2)
	}

	if !runChecks(flags.Arg(0), *mtls) {
		os.Exit(1)
	}
}
