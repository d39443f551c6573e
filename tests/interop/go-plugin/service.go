package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"github.com/golang/protobuf/ptypes/wrappers"
	plugin "github.com/hashicorp/go-plugin"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

const service = "aeos.test.Wire"

// wirePlugin registers the service by hand, and gives hosts the bare connection.
type wirePlugin struct {
	plugin.NetRPCUnsupportedPlugin
}

func (*wirePlugin) GRPCServer(_ *plugin.GRPCBroker, server *grpc.Server) error {
	server.RegisterService(&wireService, nil)
	return nil
}

func (*wirePlugin) GRPCClient(_ context.Context, _ *plugin.GRPCBroker, connection *grpc.ClientConn) (interface{}, error) {
	return connection, nil
}

var wireService = grpc.ServiceDesc{
	ServiceName: service,
	HandlerType: (*interface{})(nil),
	Methods: []grpc.MethodDesc{
		text("Echo", func(_ context.Context, in string) (string, error) { return in, nil }),
		text("Environment", func(_ context.Context, in string) (string, error) { return os.Getenv(in), nil }),
		text("Fail", fail),
		text("Hang", func(ctx context.Context, in string) (string, error) {
			<-ctx.Done()
			return in, status.FromContextError(ctx.Err()).Err()
		}),
		text("Print", func(_ context.Context, in string) (string, error) {
			fmt.Fprintln(os.Stdout, in)
			fmt.Fprintln(os.Stderr, in)
			return in, nil
		}),
	},
	Streams: []grpc.StreamDesc{
		{StreamName: "Download", ServerStreams: true, Handler: download},
		{StreamName: "Upload", ClientStreams: true, Handler: upload},
		{StreamName: "Refuse", ClientStreams: true, Handler: refuse},
	},
}

// text is a unary method from text to text.
func text(name string, serve func(context.Context, string) (string, error)) grpc.MethodDesc {
	return grpc.MethodDesc{
		MethodName: name,
		Handler: func(_ interface{}, ctx context.Context, decode func(interface{}) error, _ grpc.UnaryServerInterceptor) (interface{}, error) {
			in := new(wrappers.StringValue)
			if err := decode(in); err != nil {
				return nil, err
			}

			out, err := serve(ctx, in.Value)
			if err != nil {
				return nil, err
			}

			return &wrappers.StringValue{Value: out}, nil
		},
	}
}

// fail ends with the status that "CODE text" asks for; "details text" is status 9 with a detail.
func fail(_ context.Context, in string) (string, error) {
	parts := strings.SplitN(in, " ", 2)
	if parts[0] == "details" {
		s, err := status.New(codes.FailedPrecondition, parts[1]).WithDetails(&wrappers.StringValue{Value: parts[1]})
		if err != nil {
			return "", err
		}

		return "", s.Err()
	}

	code, err := strconv.Atoi(parts[0])
	if err != nil {
		return "", err
	}

	return "", status.Error(codes.Code(code), parts[1])
}

func download(_ interface{}, stream grpc.ServerStream) error {
	in := new(wrappers.Int64Value)
	if err := stream.RecvMsg(in); err != nil {
		return err
	}

	chunk := make([]byte, 64*1024)
	for rest := in.Value; rest > 0; {
		n := int64(len(chunk))
		if rest < n {
			n = rest
		}

		if err := stream.SendMsg(&wrappers.BytesValue{Value: chunk[:n]}); err != nil {
			return err
		}

		rest -= n
	}

	return nil
}

func upload(_ interface{}, stream grpc.ServerStream) error {
	sum := int64(0)
	for {
		in := new(wrappers.BytesValue)
		err := stream.RecvMsg(in)
		if err == io.EOF {
			return stream.SendMsg(&wrappers.Int64Value{Value: sum})
		}

		if err != nil {
			return err
		}

		sum += int64(len(in.Value))
	}
}

func refuse(_ interface{}, stream grpc.ServerStream) error {
	if err := stream.RecvMsg(new(wrappers.BytesValue)); err != nil {
		return err
	}

	return status.Error(codes.NotFound, "the bucket \"größe\" is not found")
}
