package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"reflect"
	"strings"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// checks are what the plugin must do, in the order in which a failure tells most.
var checks = []struct {
	name      string
	run       func(bench) (string, error)
	azureOnly bool
}{
	{name: "list-plugins", run: listsItsPlugins},
	{name: "round-trip", run: carriesAnObject},
	{name: "listing", run: listsWholeKeysAndPrefixes},
	{name: "missing", run: saysNotFound},
	{name: "two-locations", run: keepsLocationsApart},
	{name: "init-again", run: replacesALocationInUse},
	{name: "refusals", run: refusesWithACause},
	{name: "signed-url", run: signsURLsOfWhatIsNotEncrypted, azureOnly: true},
	{name: "tampered", run: refusesWhatWasTamperedWith},
	{name: "cancelled-put", run: leavesNothingOfACancelledPut},
	{name: "killed-put", run: leavesNothingWhenKilled},
	{name: "concurrent-gets", run: serves64GetsAtOnce},
	{name: "stalled-get", run: isNotHeldUpByAStalledGet},
	{name: "large", run: carriesALargeObject},
	{name: "start-and-end", run: startsAndEndsInTime},
}

func listsItsPlugins(b bench) (string, error) {
	p, err := start(b.plugin)
	if err != nil {
		return "", err
	}
	defer p.stop()
	plugins, err := listPlugins(p.conn)
	if err != nil {
		return "", err
	}
	var names []string
	for _, id := range plugins {
		if id.Kind != "ObjectStore" || id.Command != b.plugin {
			return "", fmt.Errorf("listed as %v, not as an ObjectStore of command %s", id, b.plugin)
		}
		names = append(names, id.Name)
	}
	for _, name := range []string{"aeos.io/filesystem", "aeos.io/azure", "equinor/velero-plugin-aeos"} {
		if !contains(names, name) {
			return "", fmt.Errorf("%s is not among %v", name, names)
		}
	}
	return strings.Join(names, ", "), nil
}

func carriesAnObject(b bench) (string, error) {
	p, s, _, err := b.open("bucket", "clusters/one")
	if err != nil {
		return "", err
	}
	defer p.stop()
	// Velero's client sends no message for an empty object; another may send an empty one.
	stream, err := s.putStream(background)
	if err != nil {
		return "", err
	}
	if err := stream.send("bucket", "clusters/one/empty", nil); err != nil {
		return "", err
	}
	if err := stream.close(); err != nil {
		return "", err
	}
	if err := expect(s, "bucket", "clusters/one/empty", 0); err != nil {
		return "", err
	}
	for _, size := range []int64{1, chunk - 1, chunk, 65535, 65536, 65537, 1000000} {
		key := fmt.Sprintf("clusters/one/backups/b/%d.tar.gz", size)
		if err := s.put("bucket", key, content(size)); err != nil {
			return "", fmt.Errorf("put of %d bytes: %w", size, err)
		}
		if err := expect(s, "bucket", key, size); err != nil {
			return "", err
		}
		stored, err := b.store.read("bucket", key)
		if err != nil {
			return "", err
		}
		if !bytes.HasPrefix(stored, []byte{0x02, 0x04, 0x78}) {
			return "", fmt.Errorf("%d bytes are not stored as a message", size)
		}
		if size > 64 && bytes.Contains(stored, head(size, 64)) {
			return "", fmt.Errorf("%d bytes are stored in plain", size)
		}
	}
	return "0 bytes to 1 MB, encrypted in the store", nil
}

func listsWholeKeysAndPrefixes(b bench) (string, error) {
	p, s, _, err := b.open("bucket", "velero")
	if err != nil {
		return "", err
	}
	defer p.stop()
	if keys, err := s.list("bucket", "velero/"); err != nil || len(keys) > 0 {
		return "", fmt.Errorf("an empty bucket lists %v, %v", keys, err)
	}
	if prefixes, err := s.prefixes("bucket", "velero/", "/"); err != nil || len(prefixes) > 0 {
		return "", fmt.Errorf("an empty bucket has the prefixes %v, %v", prefixes, err)
	}
	keys := []string{"velero/backups/a/1", "velero/backups/a/2", "velero/backups/b/1", "velero/restores/r/1"}
	for _, key := range keys {
		if err := s.put("bucket", key, strings.NewReader(key)); err != nil {
			return "", err
		}
	}
	for prefix, expected := range map[string][]string{
		"velero/": keys, "velero/backups/a": keys[:2], "velero/backups/": keys[:3], "velero/none/": nil,
	} {
		if got, err := s.list("bucket", prefix); err != nil || !reflect.DeepEqual(got, expected) {
			return "", fmt.Errorf("%s lists %v, %v", prefix, got, err)
		}
	}
	for prefix, expected := range map[string][]string{
		"velero/":         {"velero/backups/", "velero/restores/"},
		"velero/backups/": {"velero/backups/a/", "velero/backups/b/"},
		"velero/none/":    nil,
	} {
		if got, err := s.prefixes("bucket", prefix, "/"); err != nil || !reflect.DeepEqual(got, expected) {
			return "", fmt.Errorf("%s has the prefixes %v, %v", prefix, got, err)
		}
	}
	return fmt.Sprintf("%d keys", len(keys)), nil
}

func saysNotFound(b bench) (string, error) {
	p, s, _, err := b.open("bucket", "")
	if err != nil {
		return "", err
	}
	defer p.stop()
	if err := s.put("bucket", "backups/a", strings.NewReader("a")); err != nil {
		return "", err
	}
	if there, err := s.exists("bucket", "backups/a"); err != nil || !there {
		return "", fmt.Errorf("exists says %v, %v", there, err)
	}
	if err := s.delete("bucket", "backups/a"); err != nil {
		return "", err
	}
	if there, err := s.exists("bucket", "backups/a"); err != nil || there {
		return "", fmt.Errorf("after deletion, exists says %v, %v", there, err)
	}
	get := s.get("bucket", "backups/a", &bytes.Buffer{})
	for _, err := range []error{get, s.delete("bucket", "backups/a")} {
		if err := refused(err, codes.NotFound, "not found", "backups/a"); err != nil {
			return "", err
		}
	}
	return status.Convert(get).Message(), nil
}

func keepsLocationsApart(b bench) (string, error) {
	p, s, _, err := b.open("one", "")
	if err != nil {
		return "", err
	}
	defer p.stop()
	for _, at := range [][2]string{{"two", ""}, {"one", "inner"}} {
		config, err := b.location(at[0], at[1])
		if err != nil {
			return "", err
		}
		if err := s.init(config); err != nil {
			return "", err
		}
	}
	places := [][2]string{{"one", "backups/x"}, {"two", "backups/x"}, {"one", "inner/backups/x"}}
	for i, place := range places {
		if err := s.put(place[0], place[1], content(int64(100000+i))); err != nil {
			return "", err
		}
	}
	for i, place := range places {
		if err := expect(s, place[0], place[1], int64(100000+i)); err != nil {
			return "", err
		}
	}
	// The same name under another location's key: only the key tells them apart.
	stored, err := b.store.read("two", "backups/x")
	if err != nil {
		return "", err
	}
	if err := b.store.write("one", "backups/x", stored); err != nil {
		return "", err
	}
	err = s.get("one", "backups/x", &bytes.Buffer{})
	if err := refused(err, codes.DataLoss, "key"); err != nil {
		return "", err
	}
	return status.Convert(err).Message(), nil
}

func replacesALocationInUse(b bench) (string, error) {
	p, s, config, err := b.open("bucket", "")
	if err != nil {
		return "", err
	}
	defer p.stop()
	const size = 20 << 20
	if err := s.put("bucket", "old", content(size)); err != nil {
		return "", err
	}
	under, err := s.getStream(background, "bucket", "old")
	if err != nil {
		return "", err
	}
	first, err := receive(under)
	if err != nil {
		return "", err
	}
	if config, err = b.location("bucket", ""); err != nil {
		return "", err
	}
	if err := s.init(config); err != nil {
		return "", err
	}
	if err := s.put("bucket", "new", content(1000)); err != nil {
		return "", err
	}
	if err := expect(s, "bucket", "new", 1000); err != nil {
		return "", err
	}
	if err := refused(s.get("bucket", "old", &bytes.Buffer{}), codes.DataLoss, "key"); err != nil {
		return "", fmt.Errorf("with the new key: %w", err)
	}
	rest, err := receiveAll(under)
	if err != nil {
		return "", fmt.Errorf("the get under way: %w", err)
	}
	if len(first)+rest != size {
		return "", fmt.Errorf("the get under way brought %d bytes", len(first)+rest)
	}
	return "a get under way ends with the old key, new calls have the new one", nil
}

func refusesWithACause(b bench) (string, error) {
	p, s, config, err := b.open("bucket", "velero")
	if err != nil {
		return "", err
	}
	defer p.stop()
	stream, err := s.putStream(background)
	if err != nil {
		return "", err
	}
	misspelt := map[string]string{"encryptionKeyFil": "x"}
	keyless := map[string]string{}
	for name, value := range config {
		misspelt[name] = value
		if name != "encryptionKeyFile" {
			keyless[name] = value
		}
	}
	if err := s.put("bucket", "velero/a", content(1)); err != nil {
		return "", err
	}
	_, signed := s.signedURL("bucket", "velero/a", 10*time.Minute)
	for name, refusal := range map[string]error{
		"a put without a message":  refused(stream.close(), codes.InvalidArgument),
		"a large put to nowhere":   refused(s.put("none", "velero/a", content(5<<20)), codes.FailedPrecondition, b.store.provider(), "none", "velero/a"),
		"a key beside the prefix":  refused(s.put("bucket", "velero-2/a", content(1)), codes.FailedPrecondition, "velero-2/a", "velero"),
		"an unknown setting":       refused(s.init(misspelt), codes.InvalidArgument, "encryptionKeyFil"),
		"a location without a key": refused(s.init(keyless), codes.InvalidArgument, "key"),
		"a signed URL":             refused(signed, codes.FailedPrecondition, "encrypted"),
	} {
		if refusal != nil {
			return "", fmt.Errorf("%s: %w", name, refusal)
		}
	}
	return status.Convert(signed).Message(), nil
}

func signsURLsOfWhatIsNotEncrypted(b bench) (string, error) {
	p, s, config, err := b.open("bucket", "velero")
	if err != nil {
		return "", err
	}
	defer p.stop()
	config["encrypt"] = "archive"
	if err := s.init(config); err != nil {
		return "", err
	}
	const log, archive, size = "velero/backups/b/b-logs.gz", "velero/backups/b/b.tar.gz", 100000
	for _, key := range []string{log, archive} {
		if err := s.put("bucket", key, content(size)); err != nil {
			return "", err
		}
	}
	signed, err := s.signedURL("bucket", log, 10*time.Minute)
	if err != nil {
		return "", err
	}
	response, err := http.Get(signed)
	if err != nil {
		return "", err
	}
	defer response.Body.Close()
	check := newChecker(size)
	if _, err := io.Copy(check, response.Body); err != nil {
		return "", fmt.Errorf("%s: %w", response.Status, err)
	}
	if err := check.whole(); err != nil {
		return "", fmt.Errorf("%s: %w", response.Status, err)
	}
	_, err = s.signedURL("bucket", archive, 10*time.Minute)
	if err := refused(err, codes.FailedPrecondition, "encrypted"); err != nil {
		return "", err
	}
	return "the log was fetched by its URL; the archive: " + status.Convert(err).Message(), nil
}

func refusesWhatWasTamperedWith(b bench) (string, error) {
	p, s, _, err := b.open("bucket", "")
	if err != nil {
		return "", err
	}
	defer p.stop()
	const size = 300000
	if err := s.put("bucket", "a", content(size)); err != nil {
		return "", err
	}
	stored, err := b.store.read("bucket", "a")
	if err != nil {
		return "", err
	}
	stored[200000] ^= 1
	if err := b.store.write("bucket", "a", stored); err != nil {
		return "", err
	}
	got := &bytes.Buffer{}
	err = s.get("bucket", "a", got)
	if err := refused(err, codes.DataLoss); err != nil {
		return "", err
	}
	if !bytes.HasPrefix(head(size, size), got.Bytes()) {
		return "", errors.New("bytes came out that were never stored")
	}
	return status.Convert(err).Message(), nil
}

func startsAndEndsInTime(b bench) (string, error) {
	handshake, end := time.Hour, time.Duration(0)
	for i := 0; i < 20; i++ {
		p, err := start(b.plugin)
		if err != nil {
			return "", err
		}
		if p.handshake < handshake {
			handshake = p.handshake
		}
		begin := time.Now()
		p.stop()
		if took := time.Since(begin); took > end {
			end = took
		}
		if strings.Contains(p.log.String(), `"@level":"error"`) {
			return "", fmt.Errorf("logged an error:\n%s", p.log)
		}
	}
	if end > 2*time.Second {
		return "", fmt.Errorf("ended after %v: go-plugin kills after 2 s", end)
	}
	return fmt.Sprintf("handshake in %.1f ms at best, end in %.1f ms at worst, 20 starts", milliseconds(handshake), milliseconds(end)), nil
}
