package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/go-plugin"
	"google.golang.org/grpc"
)

// connection is a go-plugin plugin whose client is the bare connection: Velero's services are called on it by name.
type connection struct {
	plugin.NetRPCUnsupportedPlugin
}

func (connection) GRPCServer(*plugin.GRPCBroker, *grpc.Server) error {
	return errors.New("this is a host")
}

func (connection) GRPCClient(_ context.Context, _ *plugin.GRPCBroker, conn *grpc.ClientConn) (interface{}, error) {
	return conn, nil
}

// process is a running plugin, started as Velero starts it.
type process struct {
	client    *plugin.Client
	cmd       *exec.Cmd
	conn      *grpc.ClientConn
	handshake time.Duration
	log       *lockedBuffer
}

func start(path string, flags ...string) (*process, error) {
	// Velero's server flags come along with every start.
	cmd := exec.Command(path, append([]string{"--log-level", "debug", "--features=", "--uploader-type=kopia"}, flags...)...)
	log := &lockedBuffer{}
	client := plugin.NewClient(&plugin.ClientConfig{
		HandshakeConfig:  plugin.HandshakeConfig{ProtocolVersion: 2, MagicCookieKey: "VELERO_PLUGIN", MagicCookieValue: "hello"},
		AllowedProtocols: []plugin.Protocol{plugin.ProtocolGRPC},
		Plugins:          map[string]plugin.Plugin{"any": connection{}},
		Logger:           hclog.New(&hclog.LoggerOptions{Level: hclog.Trace, Output: log, JSONFormat: true}),
		Cmd:              cmd,
	})
	begin := time.Now()
	if _, err := client.Start(); err != nil {
		client.Kill()
		return nil, fmt.Errorf("start: %w\n%s", err, log)
	}
	handshake := time.Since(begin)
	protocol, err := client.Client()
	if err != nil {
		client.Kill()
		return nil, fmt.Errorf("connect: %w\n%s", err, log)
	}
	if err := protocol.Ping(); err != nil {
		client.Kill()
		return nil, fmt.Errorf("ping: %w\n%s", err, log)
	}
	conn, err := protocol.Dispense("any")
	if err != nil {
		client.Kill()
		return nil, err
	}
	return &process{client: client, cmd: cmd, conn: conn.(*grpc.ClientConn), handshake: handshake, log: log}, nil
}

// stop ends the plugin as Velero does, with a request to shut down.
func (p *process) stop() { p.client.Kill() }

// crash ends it with a signal that it cannot catch.
func (p *process) crash() {
	_ = p.cmd.Process.Kill()
	for !p.client.Exited() {
		time.Sleep(time.Millisecond)
	}
	p.client.Kill()
}

// peakMemory is the largest resident size so far, in KiB.
func (p *process) peakMemory() (int, error) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	if err != nil {
		return 0, err
	}
	for _, line := range strings.Split(string(status), "\n") {
		var size int
		if n, _ := fmt.Sscanf(line, "VmHWM: %d kB", &size); n == 1 {
			return size, nil
		}
	}
	return 0, errors.New("no VmHWM in /proc")
}

// cpuTime is what the process has used so far, in user and system mode.
func (p *process) cpuTime() (time.Duration, error) {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p.cmd.Process.Pid))
	if err != nil {
		return 0, err
	}
	// Fields 14 and 15, in ticks of 10 ms; the second field is the name in parentheses.
	fields := strings.Fields(string(stat[bytes.LastIndexByte(stat, ')')+1:]))
	user, err := strconv.Atoi(fields[11])
	if err != nil {
		return 0, err
	}
	system, err := strconv.Atoi(fields[12])
	return time.Duration(user+system) * 10 * time.Millisecond, err
}

// lockedBuffer collects the log: go-plugin writes to it from its own goroutines.
type lockedBuffer struct {
	mutex  sync.Mutex
	buffer bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	return b.buffer.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	return b.buffer.String()
}
