package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"github.com/golang/protobuf/ptypes/empty"
	"github.com/golang/protobuf/ptypes/wrappers"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	_ "google.golang.org/grpc/encoding/gzip"
	"google.golang.org/grpc/status"
)

type check struct {
	name string
	run  func(context.Context, *grpc.ClientConn) error
}

var checks = []check{
	{"echo", checkEcho},
	{"a message of almost 4 MiB goes both ways", checkLargeMessage},
	{"a request over 4 MiB is refused", checkTooLargeRequest},
	{"a response over 4 MiB is refused", checkTooLargeResponse},
	{"download", func(ctx context.Context, c *grpc.ClientConn) error { return download64(ctx, c, 256<<20) }},
	{"upload", checkUpload},
	{"every status arrives with its message", checkStatuses},
	{"details arrive", checkDetails},
	{"an unmapped exception is status Unknown", checkUnmapped},
	{"a mapped exception has its status", checkMapped},
	{"unknown methods are Unimplemented", checkUnknown},
	{"compression is Unimplemented", checkCompression},
	{"a deadline ends the call", checkDeadline},
	{"a cancelled call is cancelled in the plugin", checkCancel},
	{"a status that comes before the upload's end arrives", checkRefusedUpload},
	{"an answer that comes before the upload's end arrives", checkEarlyAnswer},
	{"stalled streams hold up nobody", checkStalled},
}

func echo(ctx context.Context, c *grpc.ClientConn, in string) (string, error) {
	return call(ctx, c, "Echo", in)
}

func call(ctx context.Context, c *grpc.ClientConn, method, in string, options ...grpc.CallOption) (string, error) {
	out := new(wrappers.StringValue)
	err := c.Invoke(ctx, "/"+service+"/"+method, &wrappers.StringValue{Value: in}, out, options...)
	return out.Value, err
}

func expect(err error, code codes.Code, message string) error {
	s, _ := status.FromError(err)
	if s.Code() != code || !strings.Contains(s.Message(), message) {
		return fmt.Errorf("expected %v %q, got %v %q", code, message, s.Code(), s.Message())
	}

	return nil
}

func checkEcho(ctx context.Context, c *grpc.ClientConn) error {
	for _, in := range []string{"", "hello", "größe 漢字 \n %41", strings.Repeat("x", 100000)} {
		if out, err := echo(ctx, c, in); err != nil || out != in {
			return fmt.Errorf("%d bytes went, %d came: %v", len(in), len(out), err)
		}
	}

	return nil
}

func checkLargeMessage(ctx context.Context, c *grpc.ClientConn) error {
	in := strings.Repeat("x", 4<<20-100)
	out, err := echo(ctx, c, in)
	if err == nil && out != in {
		err = errors.New("another text came back")
	}

	return err
}

func checkTooLargeRequest(ctx context.Context, c *grpc.ClientConn) error {
	_, err := echo(ctx, c, strings.Repeat("x", 4<<20))
	return expect(err, codes.ResourceExhausted, "4194304")
}

func checkTooLargeResponse(ctx context.Context, c *grpc.ClientConn) error {
	out := new(wrappers.BytesValue)
	err := c.Invoke(ctx, "/"+service+"/Bytes", &wrappers.UInt32Value{Value: 4 << 20}, out)
	return expect(err, codes.ResourceExhausted, "4194304")
}

func download64(ctx context.Context, c *grpc.ClientConn, length int64) error {
	stream, err := openDownload(ctx, c, length)
	if err != nil {
		return err
	}

	sum := int64(0)
	for {
		out := new(wrappers.BytesValue)
		err := stream.RecvMsg(out)
		if err == io.EOF {
			break
		}

		if err != nil {
			return err
		}

		sum += int64(len(out.Value))
	}

	if sum != length {
		return fmt.Errorf("%d bytes came, not %d", sum, length)
	}

	return nil
}

func openDownload(ctx context.Context, c *grpc.ClientConn, length int64) (grpc.ClientStream, error) {
	stream, err := c.NewStream(ctx, &grpc.StreamDesc{ServerStreams: true}, "/"+service+"/Download")
	if err != nil {
		return nil, err
	}

	if err := stream.SendMsg(&wrappers.Int64Value{Value: length}); err != nil {
		return nil, err
	}

	return stream, stream.CloseSend()
}

func openUpload(ctx context.Context, c *grpc.ClientConn, method string) (grpc.ClientStream, error) {
	return c.NewStream(ctx, &grpc.StreamDesc{ClientStreams: true}, "/"+service+"/"+method)
}

// send sends chunks until all are gone or the plugin has ended the call.
func send(stream grpc.ClientStream, count, length int) (int, error) {
	chunk := &wrappers.BytesValue{Value: make([]byte, length)}
	for i := 0; i < count; i++ {
		if err := stream.SendMsg(chunk); err == io.EOF {
			return i, nil
		} else if err != nil {
			return i, err
		}
	}

	return count, stream.CloseSend()
}

func checkUpload(ctx context.Context, c *grpc.ClientConn) error {
	stream, err := openUpload(ctx, c, "Upload")
	if err != nil {
		return err
	}

	// Velero's client sends such chunks.
	if _, err := send(stream, 16*1024, 16*1024); err != nil {
		return err
	}

	out := new(wrappers.Int64Value)
	if err := stream.RecvMsg(out); err != nil {
		return err
	}

	if out.Value != 256<<20 {
		return fmt.Errorf("the plugin got %d bytes", out.Value)
	}

	return nil
}

func checkStatuses(ctx context.Context, c *grpc.ClientConn) error {
	for code := 1; code <= 16; code++ {
		message := fmt.Sprintf("größe 漢字\n100%% %d", code)
		_, err := call(ctx, c, "Fail", fmt.Sprintf("%d %s", code, message))
		if err := expect(err, codes.Code(code), message); err != nil {
			return err
		}
	}

	return nil
}

func checkDetails(ctx context.Context, c *grpc.ClientConn) error {
	_, err := call(ctx, c, "Fail", "details why")
	if err := expect(err, codes.FailedPrecondition, "why"); err != nil {
		return err
	}

	details := status.Convert(err).Details()
	if len(details) == 1 {
		if value, ok := details[0].(*wrappers.StringValue); ok && value.Value == "why" {
			return nil
		}
	}

	return fmt.Errorf("the details are %v", details)
}

func checkUnmapped(ctx context.Context, c *grpc.ClientConn) error {
	_, err := call(ctx, c, "Fail", "throw it broke")
	return expect(err, codes.Unknown, "it broke")
}

func checkMapped(ctx context.Context, c *grpc.ClientConn) error {
	_, err := call(ctx, c, "Fail", "map it broke")
	return expect(err, codes.PermissionDenied, "mapped: it broke")
}

func checkUnknown(ctx context.Context, c *grpc.ClientConn) error {
	_, err := call(ctx, c, "Nothing", "")
	if err := expect(err, codes.Unimplemented, "Nothing"); err != nil {
		return err
	}

	return expect(c.Invoke(ctx, "/aeos.test.Nobody/Nothing", &empty.Empty{}, &empty.Empty{}), codes.Unimplemented, "Nobody")
}

func checkCompression(ctx context.Context, c *grpc.ClientConn) error {
	_, err := call(ctx, c, "Echo", "hello", grpc.UseCompressor("gzip"))
	return expect(err, codes.Unimplemented, "gzip")
}

func checkDeadline(ctx context.Context, c *grpc.ClientConn) error {
	ctx, cancel := context.WithTimeout(ctx, 100*time.Millisecond)
	defer cancel()
	_, err := call(ctx, c, "Hang", "")
	return expect(err, codes.DeadlineExceeded, "")
}

func checkCancel(ctx context.Context, c *grpc.ClientConn) error {
	before, err := count(ctx, c)
	if err != nil {
		return err
	}

	hanging, cancel := context.WithCancel(ctx)
	stream, err := openUpload(hanging, c, "Hang")
	if err != nil {
		cancel()
		return err
	}

	if err := stream.SendMsg(&wrappers.StringValue{}); err == nil {
		err = stream.CloseSend()
	}

	// Another call's answer on the same connection: the plugin has seen the first one by then.
	if _, err := echo(ctx, c, ""); err != nil {
		cancel()
		return err
	}

	cancel()
	if err := expect(stream.RecvMsg(new(wrappers.StringValue)), codes.Canceled, ""); err != nil {
		return err
	}

	for {
		if now, err := count(ctx, c); err != nil || now > before {
			return err
		}
	}
}

func count(ctx context.Context, c *grpc.ClientConn) (int64, error) {
	out := new(wrappers.Int64Value)
	err := c.Invoke(ctx, "/"+service+"/Cancelled", &empty.Empty{}, out)
	return out.Value, err
}

func checkRefusedUpload(ctx context.Context, c *grpc.ClientConn) error {
	for i := 0; i < 20; i++ {
		stream, err := openUpload(ctx, c, "Refuse")
		if err != nil {
			return err
		}

		// More than all windows take: the plugin must end the call, or this waits forever.
		if _, err := send(stream, 1<<20, 16*1024); err != nil {
			return err
		}

		if err := expect(stream.RecvMsg(new(wrappers.Int64Value)), codes.NotFound, "größe"); err != nil {
			return err
		}
	}

	return nil
}

func checkEarlyAnswer(ctx context.Context, c *grpc.ClientConn) error {
	for i := 0; i < 20; i++ {
		stream, err := openUpload(ctx, c, "UploadFirst")
		if err != nil {
			return err
		}

		if _, err := send(stream, 1<<20, 16*1024); err != nil {
			return err
		}

		out := new(wrappers.Int64Value)
		if err := stream.RecvMsg(out); err != nil || out.Value != 16*1024 {
			return fmt.Errorf("%d: %v", out.Value, err)
		}
	}

	return nil
}

// checkStalled leaves downloads unread and uploads untaken, and then has 64 downloads at once.
func checkStalled(ctx context.Context, c *grpc.ClientConn) error {
	stalled, cancel := context.WithCancel(ctx)
	defer cancel()
	for i := 0; i < 8; i++ {
		up, err := openUpload(stalled, c, "Stall")
		if err != nil {
			return err
		}

		go send(up, 1<<20, 16*1024)
		if _, err := openDownload(stalled, c, 1<<40); err != nil {
			return err
		}
	}

	results := make(chan error, 64)
	var all sync.WaitGroup
	for i := 0; i < 64; i++ {
		all.Add(1)
		go func() {
			defer all.Done()
			results <- download64(ctx, c, 4<<20)
		}()
	}

	all.Wait()
	close(results)
	for err := range results {
		if err != nil {
			return err
		}
	}

	return checkUpload(ctx, c)
}
