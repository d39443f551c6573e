package main

import (
	"os"
	"path/filepath"
)

// store is what lies beneath the plugin, as somebody sees it who has the bucket but no key.
type store interface {
	// provider is the name under which the plugin offers it.
	provider() string
	// prepare makes an empty bucket, unless this store made it before, and says how to configure a location on it.
	prepare(bucket string) (map[string]string, error)
	read(bucket, key string) ([]byte, error)
	write(bucket, key string, stored []byte) error
	// clean removes the buckets.
	clean() error
}

// folderStore is a folder whose folders are the buckets.
type folderStore struct{ root string }

func (f folderStore) provider() string { return "aeos.io/filesystem" }

func (f folderStore) prepare(bucket string) (map[string]string, error) {
	return map[string]string{"root": f.root}, os.MkdirAll(filepath.Join(f.root, bucket), 0o700)
}

func (f folderStore) read(bucket, key string) ([]byte, error) {
	return os.ReadFile(filepath.Join(f.root, bucket, key))
}

func (f folderStore) write(bucket, key string, stored []byte) error {
	return os.WriteFile(filepath.Join(f.root, bucket, key), stored, 0o600)
}

func (f folderStore) clean() error { return os.RemoveAll(f.root) }
