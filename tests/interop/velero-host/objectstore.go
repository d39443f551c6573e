package main

import (
	"context"
	"io"
	"time"

	"google.golang.org/grpc"

	"velero-host/generated"
)

const (
	service = "/generated.ObjectStore/"
	// chunk is what Velero's client puts into a message.
	chunk = 16 * 1024
)

// objectStore is Velero's object store on one plugin's connection, call by call as Velero's own client makes them.
type objectStore struct {
	conn     *grpc.ClientConn
	provider string
}

func (s objectStore) init(config map[string]string) error {
	request := &generated.ObjectStoreInitRequest{Plugin: s.provider, Config: config}
	return s.conn.Invoke(context.Background(), service+"Init", request, &generated.Empty{})
}

func (s objectStore) put(bucket, key string, body io.Reader) error {
	stream, err := s.putStream(context.Background())
	if err != nil {
		return err
	}
	buffer := make([]byte, chunk)
	for {
		n, err := body.Read(buffer)
		if err == io.EOF {
			return stream.close()
		}
		if err != nil {
			return err
		}
		if err := stream.send(bucket, key, buffer[:n]); err != nil {
			return err
		}
	}
}

// putStream is a put under way.
type putStream struct {
	stream   grpc.ClientStream
	provider string
}

func (s objectStore) putStream(ctx context.Context) (*putStream, error) {
	stream, err := s.conn.NewStream(ctx, &grpc.StreamDesc{StreamName: "PutObject", ClientStreams: true}, service+"PutObject")
	return &putStream{stream, s.provider}, err
}

func (p *putStream) send(bucket, key string, body []byte) error {
	return p.stream.SendMsg(&generated.PutObjectRequest{Plugin: p.provider, Bucket: bucket, Key: key, Body: body})
}

func (p *putStream) close() error {
	if err := p.stream.CloseSend(); err != nil {
		return err
	}
	return p.stream.RecvMsg(&generated.Empty{})
}

// get copies the object to the writer.
func (s objectStore) get(bucket, key string, to io.Writer) error {
	stream, err := s.getStream(context.Background(), bucket, key)
	if err != nil {
		return err
	}
	for {
		message := &generated.Bytes{}
		if err := stream.RecvMsg(message); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
		if _, err := to.Write(message.Data); err != nil {
			return err
		}
	}
}

func (s objectStore) getStream(ctx context.Context, bucket, key string) (grpc.ClientStream, error) {
	stream, err := s.conn.NewStream(ctx, &grpc.StreamDesc{StreamName: "GetObject", ServerStreams: true}, service+"GetObject")
	if err != nil {
		return nil, err
	}
	if err := stream.SendMsg(&generated.GetObjectRequest{Plugin: s.provider, Bucket: bucket, Key: key}); err != nil {
		return nil, err
	}
	return stream, stream.CloseSend()
}

func (s objectStore) exists(bucket, key string) (bool, error) {
	response := &generated.ObjectExistsResponse{}
	request := &generated.ObjectExistsRequest{Plugin: s.provider, Bucket: bucket, Key: key}
	err := s.conn.Invoke(context.Background(), service+"ObjectExists", request, response)
	return response.Exists, err
}

func (s objectStore) list(bucket, prefix string) ([]string, error) {
	response := &generated.ListObjectsResponse{}
	request := &generated.ListObjectsRequest{Plugin: s.provider, Bucket: bucket, Prefix: prefix}
	err := s.conn.Invoke(context.Background(), service+"ListObjects", request, response)
	return response.Keys, err
}

func (s objectStore) prefixes(bucket, prefix, delimiter string) ([]string, error) {
	response := &generated.ListCommonPrefixesResponse{}
	request := &generated.ListCommonPrefixesRequest{Plugin: s.provider, Bucket: bucket, Prefix: prefix, Delimiter: delimiter}
	err := s.conn.Invoke(context.Background(), service+"ListCommonPrefixes", request, response)
	return response.Prefixes, err
}

func (s objectStore) delete(bucket, key string) error {
	request := &generated.DeleteObjectRequest{Plugin: s.provider, Bucket: bucket, Key: key}
	return s.conn.Invoke(context.Background(), service+"DeleteObject", request, &generated.Empty{})
}

func (s objectStore) signedURL(bucket, key string, ttl time.Duration) (string, error) {
	response := &generated.CreateSignedURLResponse{}
	request := &generated.CreateSignedURLRequest{Plugin: s.provider, Bucket: bucket, Key: key, Ttl: int64(ttl)}
	err := s.conn.Invoke(context.Background(), service+"CreateSignedURL", request, response)
	return response.Url, err
}

func listPlugins(conn *grpc.ClientConn) ([]*generated.PluginIdentifier, error) {
	response := &generated.ListPluginsResponse{}
	err := conn.Invoke(context.Background(), "/generated.PluginLister/ListPlugins", &generated.Empty{}, response)
	return response.Plugins, err
}
