// Command velero-host is a host on HashiCorp's go-plugin that drives velero-plugin-aeos as Velero does, and checks what comes back.
//
//	velero-host --plugin out/velero-plugin-aeos [--root DIR] [--azure URI] [--size BYTES] [--set KEY=VALUE]... [CHECK...]
//
// The objects go to a folder, or with --azure to the storage account at URI, whose key is in AZURE_STORAGE_ACCOUNT_ACCESS_KEY.
// --set adds to the configuration of every location. It prints a line for each check and exits 1 when one failed. Without names it runs all of them.
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
	root := flag.String("root", "", "the folder for keys and stored objects; a temporary one when empty")
	azure := flag.String("azure", "", "a storage account's blob service, for example Azurite's; the folder when empty")
	size := flag.Int64("size", 1<<30, "bytes of the large object")
	extra := settings{}
	flag.Var(extra, "set", "a setting KEY=VALUE of every location; may be repeated")
	flag.Parse()
	if *path == "" {
		flag.Usage()
		os.Exit(2)
	}
	if err := run(*path, *root, *azure, *size, extra, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "velero-host:", err)
		os.Exit(1)
	}
}

func run(path, root, azure string, size int64, extra settings, names []string) error {
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
		if len(names) > 0 && !contains(names, check.name) || check.azureOnly && azure == "" {
			continue
		}
		folder := filepath.Join(root, check.name)
		if err := os.MkdirAll(folder, 0o700); err != nil {
			return err
		}
		begin := time.Now()
		detail, err := perform(check.run, path, folder, azure, size, extra)
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

// perform runs a check on a store of its own.
func perform(check func(bench) (string, error), path, folder, azure string, size int64, extra settings) (string, error) {
	var beneath store = folderStore{filepath.Join(folder, "store")}
	if azure != "" {
		account, err := newAzureStore(azure, os.Getenv(accountKey))
		if err != nil {
			return "", err
		}
		beneath = account
	}
	detail, err := check(bench{path, folder, size, beneath, extra})
	if cleaned := beneath.clean(); err == nil {
		err = cleaned
	}
	return detail, err
}

// bench is what a check works with.
type bench struct {
	plugin string
	folder string
	size   int64
	store  store
	extra  settings
}

// location makes a location's configuration as Velero hands it over, with a bucket and a key of its own.
func (b bench) location(bucket, prefix string) (map[string]string, error) {
	config, err := b.store.prepare(bucket)
	if err != nil {
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
	config["bucket"], config["prefix"], config["encryptionKeyFile"] = bucket, prefix, file
	for name, value := range b.extra {
		config[name] = value
	}
	return config, nil
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
	s := objectStore{p.conn, b.store.provider()}
	if err := s.init(config); err != nil {
		p.stop()
		return nil, objectStore{}, fmt.Errorf("Init: %w", err)
	}
	return p, s, nil
}

// settings are given as KEY=VALUE on the command line.
type settings map[string]string

func (s settings) String() string { return "" }

func (s settings) Set(pair string) error {
	at := strings.Index(pair, "=")
	if at < 1 {
		return fmt.Errorf("%q is not KEY=VALUE", pair)
	}
	s[pair[:at]] = pair[at+1:]
	return nil
}

func contains(names []string, name string) bool {
	for _, candidate := range names {
		if candidate == name {
			return true
		}
	}
	return false
}
