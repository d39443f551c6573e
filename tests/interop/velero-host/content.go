package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand"
	"strings"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"velero-host/generated"
)

var background = context.Background()

// block is what objects are made of: a length that divides no frame or chunk, so that a piece in a wrong place is seen.
var block = func() []byte {
	b := make([]byte, 1000003)
	rand.New(rand.NewSource(1)).Read(b)
	return b
}()

// content reads the object of a size: the same bytes each time.
func content(size int64) io.Reader { return &generator{left: size, at: size % int64(len(block))} }

// head is the object's beginning.
func head(size, length int64) []byte {
	b := make([]byte, length)
	_, _ = io.ReadFull(content(size), b)
	return b
}

type generator struct{ left, at int64 }

func (g *generator) Read(p []byte) (int, error) {
	if g.left == 0 {
		return 0, io.EOF
	}
	if int64(len(p)) > g.left {
		p = p[:g.left]
	}
	n := copy(p, block[g.at:])
	g.left -= int64(n)
	g.at = (g.at + int64(n)) % int64(len(block))
	return n, nil
}

// checker takes an object's bytes and compares them as they come.
type checker struct {
	want io.Reader
	left int64
}

func newChecker(size int64) *checker { return &checker{content(size), size} }

func (c *checker) Write(p []byte) (int, error) {
	want := make([]byte, len(p))
	if _, err := io.ReadFull(c.want, want); err != nil {
		return 0, errors.New("the object is longer than what was stored")
	}
	if !bytes.Equal(p, want) {
		return 0, errors.New("the object has other bytes than what was stored")
	}
	c.left -= int64(len(p))
	return len(p), nil
}

func (c *checker) whole() error {
	if c.left != 0 {
		return fmt.Errorf("the object ended %d bytes early", c.left)
	}
	return nil
}

// expect gets an object and compares it with what was stored.
func expect(s objectStore, bucket, key string, size int64) error {
	check := newChecker(size)
	if err := s.get(bucket, key, check); err != nil {
		return fmt.Errorf("get of %d bytes: %w", size, err)
	}
	return check.whole()
}

// receive is one message of a get.
func receive(stream grpc.ClientStream) ([]byte, error) {
	message := &generated.Bytes{}
	err := stream.RecvMsg(message)
	return message.Data, err
}

// receiveAll counts what is left of a get.
func receiveAll(stream grpc.ClientStream) (int, error) {
	total := 0
	for {
		data, err := receive(stream)
		if err == io.EOF {
			return total, nil
		}
		if err != nil {
			return total, err
		}
		total += len(data)
	}
}

// refused checks that a call failed with the status and that its message has the words.
func refused(err error, code codes.Code, words ...string) error {
	if err == nil {
		return fmt.Errorf("succeeded, and should end with %v", code)
	}
	if got := status.Code(err); got != code {
		return fmt.Errorf("ended with %v, not %v: %w", got, code, err)
	}
	for _, word := range words {
		if !strings.Contains(err.Error(), word) {
			return fmt.Errorf("does not say %q: %w", word, err)
		}
	}
	return nil
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
