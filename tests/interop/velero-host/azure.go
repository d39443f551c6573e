package main

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"sort"
	"strings"
	"time"
)

// accountKey is the environment variable with the storage account's key; the plugin finds it there too.
const accountKey = "AZURE_STORAGE_ACCOUNT_ACCESS_KEY"

// azureStore is a storage account whose containers are the buckets. Signs its requests itself (Shared Key), to look past the plugin.
type azureStore struct {
	service  *url.URL
	account  string
	key      []byte
	prepared map[string]bool
}

func newAzureStore(service, key string) (*azureStore, error) {
	parsed, err := url.Parse(service)
	if err != nil {
		return nil, err
	}
	decoded, err := base64.StdEncoding.DecodeString(key)
	if err != nil || len(decoded) == 0 {
		return nil, fmt.Errorf("%s holds no base64 key", accountKey)
	}
	// Azurite has the account in the path, Azure in the host's name.
	account := strings.Trim(parsed.Path, "/")
	if account == "" {
		account = strings.SplitN(parsed.Host, ".", 2)[0]
	}
	return &azureStore{parsed, account, decoded, map[string]bool{}}, nil
}

func (a *azureStore) provider() string { return "equinor/velero-plugin-aeos" }

func (a *azureStore) prepare(bucket string) (map[string]string, error) {
	if !a.prepared[bucket] {
		if _, err := a.send("PUT", bucket+"?restype=container", nil, http.StatusCreated); err != nil {
			return nil, err
		}
		a.prepared[bucket] = true
	}
	return map[string]string{
		"storageAccount": a.account, "storageAccountURI": a.service.String(), "resourceGroup": "none", "subscriptionId": "none",
	}, nil
}

func (a *azureStore) read(bucket, key string) ([]byte, error) {
	return a.send("GET", bucket+"/"+key, nil, http.StatusOK)
}

func (a *azureStore) write(bucket, key string, stored []byte) error {
	_, err := a.send("PUT", bucket+"/"+key, stored, http.StatusCreated)
	return err
}

func (a *azureStore) clean() error {
	for bucket := range a.prepared {
		if _, err := a.send("DELETE", bucket+"?restype=container", nil, http.StatusAccepted); err != nil {
			return err
		}
	}
	a.prepared = map[string]bool{}
	return nil
}

func (a *azureStore) send(method, resource string, body []byte, expected int) ([]byte, error) {
	request, err := http.NewRequest(method, strings.TrimRight(a.service.String(), "/")+"/"+resource, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	request.Header.Set("x-ms-date", time.Now().UTC().Format(http.TimeFormat))
	request.Header.Set("x-ms-version", "2021-12-02")
	if method == "PUT" && body != nil {
		request.Header.Set("x-ms-blob-type", "BlockBlob")
	}
	request.Header.Set("Authorization", "SharedKey "+a.account+":"+a.sign(request, len(body)))
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if err != nil {
		return nil, err
	}
	if response.StatusCode != expected {
		return nil, fmt.Errorf("%s %s: %s: %s", method, resource, response.Status, answer)
	}
	return answer, nil
}

// sign makes the signature of Shared Key authorization, version 2015-02-21 and later.
func (a *azureStore) sign(request *http.Request, length int) string {
	var headers []string
	for name := range request.Header {
		if lower := strings.ToLower(name); strings.HasPrefix(lower, "x-ms-") {
			headers = append(headers, lower+":"+request.Header.Get(name)+"\n")
		}
	}
	sort.Strings(headers)
	contentLength := ""
	if length > 0 {
		contentLength = fmt.Sprint(length)
	}
	text := request.Method + "\n\n\n" + contentLength + strings.Repeat("\n", 9) + strings.Join(headers, "") +
		"/" + a.account + request.URL.EscapedPath()
	for name, values := range request.URL.Query() {
		text += "\n" + name + ":" + values[0]
	}
	mac := hmac.New(sha256.New, a.key)
	mac.Write([]byte(text))
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}
