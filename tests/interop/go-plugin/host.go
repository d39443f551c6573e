package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	hclog "github.com/hashicorp/go-hclog"
	plugin "github.com/hashicorp/go-plugin"
	"google.golang.org/grpc"
)

// patience bounds every wait: nothing takes that long unless it hangs.
const patience = 30 * time.Second

// runChecks starts the plugin, runs every check, ends the plugin, and says how each went.
func runChecks(path string, mtls bool) bool {
	client := plugin.NewClient(&plugin.ClientConfig{
		HandshakeConfig:  handshake,
		Plugins:          plugin.PluginSet{"wire": &wirePlugin{}},
		Cmd:              exec.Command(path),
		AllowedProtocols: []plugin.Protocol{plugin.ProtocolGRPC},
		AutoMTLS:         mtls,
		Logger:           hclog.New(&hclog.LoggerOptions{Name: "host", Level: hclog.Debug, Output: os.Stderr}),
	})
	defer client.Kill()

	protocol, err := client.Client()
	if err != nil {
		return report("handshake", err)
	}

	ok := report("handshake", nil)
	ok = report("ping", protocol.Ping()) && ok
	raw, err := protocol.Dispense("wire")
	if err != nil {
		return report("dispense", err)
	}

	for _, c := range checks {
		ctx, cancel := context.WithTimeout(context.Background(), patience)
		ok = report(c.name, c.run(ctx, raw.(*grpc.ClientConn))) && ok
		cancel()
	}

	if mtls {
		ok = report("strangers are refused", strangersAreRefused(client)) && ok
	}

	return report("end", end(client)) && ok
}

func report(name string, err error) bool {
	if err != nil {
		fmt.Printf("FAILED %s: %v\n", name, err)
		return false
	}

	fmt.Printf("ok %s\n", name)
	return true
}

// strangersAreRefused calls the plugin without the host's certificate.
func strangersAreRefused(client *plugin.Client) error {
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Second)
	defer cancel()
	connection, err := grpc.DialContext(ctx, "unix:"+client.ReattachConfig().Addr.String(), grpc.WithInsecure())
	if err != nil {
		return nil
	}

	defer connection.Close()
	if out, err := echo(ctx, connection, "hello"); err == nil {
		return fmt.Errorf("a stranger got the answer %q", out)
	}

	return nil
}

// end kills the plugin as hosts do: it must go by itself within the two seconds that hosts give, and leave nothing behind.
func end(client *plugin.Client) error {
	socket := client.ReattachConfig().Addr.String()
	info, err := os.Stat(filepath.Dir(socket))
	if err != nil {
		return err
	}

	if info.Mode().Perm() != 0o700 {
		return fmt.Errorf("the socket's folder has mode %v", info.Mode())
	}

	begin := time.Now()
	client.Kill()
	if took := time.Since(begin); took >= 2*time.Second {
		return fmt.Errorf("the plugin had to be killed after %v", took)
	}

	if _, err := os.Stat(filepath.Dir(socket)); !os.IsNotExist(err) {
		return fmt.Errorf("the socket's folder is still there: %v", err)
	}

	return nil
}
