// Command velero-host is a host on HashiCorp's go-plugin that drives velero-plugin-aeos as Velero does, and checks what comes back.
//
//	velero-host --plugin out/velero-plugin-aeos [--root DIR] [--size BYTES] [CHECK...]
//
// It prints a line for each check and exits 1 when one failed. Without names it runs all of them.
package main

import (
	"crypto/rand"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

func main() {
	path := flag.String("plugin", "", "the plugin's binary")
	root := flag.String("root", "", "the folder for the stored objects; a temporary one when empty")
	size := flag.Int64("size", 1<<30, "bytes of the large object")
	flag.Parse()
	if *path == "" {
		flag.Usage()
		os.Exit(2)
	}
	if err := run(*path, *root, *size, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "velero-host:", err)
		os.Exit(1)
	}
}

func run(path, root string, size int64, names []string) error {
	if root == "" {
		temporary, err := os.MkdirTemp("", "velero-host")
		if err != nil {
			return err
		}
		defer os.RemoveAll(temporary)
		root = temporary
	}
	failed := 0
	for _, check := range checks {
		if len(names) > 0 && !contains(names, check.name) {
			continue
		}
		folder := filepath.Join(root, check.name)
		if err := os.MkdirAll(folder, 0o700); err != nil {
			return err
		}
		begin := time.Now()
		detail, err := check.run(bench{path, folder, size})
		if err != nil {
			failed++
			fmt.Printf("FAILED  %-20s %v\n", check.name, err)
			continue
		}
		fmt.Printf("ok      %-20s %s (%d ms)\n", check.name, detail, time.Since(begin).Milliseconds())
	}
	if failed > 0 {
		return fmt.Errorf("%d failed", failed)
	}
	return nil
}

// bench is what a check works with.
type bench struct {
	plugin string
	folder string
	size   int64
}

// location makes a location's configuration as Velero hands it over, with a bucket and a key of its own.
func (b bench) location(bucket, prefix string) (map[string]string, error) {
	if err := os.MkdirAll(filepath.Join(b.folder, "store", bucket), 0o700); err != nil {
		return nil, err
	}
	key := make([]byte, 32)
	if _, err := rand.Read(key); err != nil {
		return nil, err
	}
	file := filepath.Join(b.folder, fmt.Sprintf("key-%s-%s", bucket, strings.ReplaceAll(prefix, "/", "-")))
	if err := os.WriteFile(file, key, 0o600); err != nil {
		return nil, err
	}
	return map[string]string{
		"bucket": bucket, "prefix": prefix, "root": filepath.Join(b.folder, "store"), "encryptionKeyFile": file,
	}, nil
}

// open starts the plugin with one location in it.
func (b bench) open(bucket, prefix string) (*process, objectStore, map[string]string, error) {
	config, err := b.location(bucket, prefix)
	if err != nil {
		return nil, objectStore{}, nil, err
	}
	p, s, err := b.reopen(config)
	return p, s, config, err
}

// reopen starts the plugin with a location that was there before.
func (b bench) reopen(config map[string]string) (*process, objectStore, error) {
	p, err := start(b.plugin)
	if err != nil {
		return nil, objectStore{}, err
	}
	s := objectStore{p.conn, "aeos.io/filesystem"}
	if err := s.init(config); err != nil {
		p.stop()
		return nil, objectStore{}, fmt.Errorf("Init: %w", err)
	}
	return p, s, nil
}

func contains(names []string, name string) bool {
	for _, candidate := range names {
		if candidate == name {
			return true
		}
	}
	return false
}
