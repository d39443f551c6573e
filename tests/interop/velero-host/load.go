package main

import (
	"context"
	"fmt"
	"io"
	"sync"
	"time"
)

// The checks of what happens under load, and when a call or the process is cut off.

func leavesNothingOfACancelledPut(b bench) (string, error) {
	p, s, _, err := b.open("bucket", "")
	if err != nil {
		return "", err
	}
	defer p.stop()
	if err := s.put("bucket", "kept", content(1000)); err != nil {
		return "", err
	}
	for _, key := range []string{"kept", "new"} {
		ctx, cancel := context.WithCancel(background)
		stream, err := s.putStream(ctx)
		if err != nil {
			cancel()
			return "", err
		}
		for i := 0; i < 100; i++ {
			if err := stream.send("bucket", key, make([]byte, chunk)); err != nil {
				cancel()
				return "", err
			}
		}
		cancel()
	}
	return "nothing new is visible, and what was there is whole", onlyKept(s)
}

func leavesNothingWhenKilled(b bench) (string, error) {
	p, s, config, err := b.open("bucket", "")
	if err != nil {
		return "", err
	}
	defer p.stop()
	if err := s.put("bucket", "kept", content(1000)); err != nil {
		return "", err
	}
	for _, key := range []string{"kept", "new"} {
		stream, err := s.putStream(background)
		if err != nil {
			return "", err
		}
		for i := 0; i < 1000; i++ {
			if err := stream.send("bucket", key, make([]byte, chunk)); err != nil {
				return "", err
			}
		}
	}
	p.crash()
	p, s, err = b.reopen(config)
	if err != nil {
		return "", err
	}
	defer p.stop()
	return "nothing new is visible after 32 MB, and what was there is whole", onlyKept(s)
}

// onlyKept checks that the bucket holds the object "kept" of 1000 bytes and nothing else.
func onlyKept(s objectStore) error {
	if keys, err := s.list("bucket", ""); err != nil || len(keys) != 1 || keys[0] != "kept" {
		return fmt.Errorf("listed are %v, %v", keys, err)
	}
	if there, err := s.exists("bucket", "new"); err != nil || there {
		return fmt.Errorf("exists says %v, %v", there, err)
	}
	return expect(s, "bucket", "kept", 1000)
}

func serves64GetsAtOnce(b bench) (string, error) {
	const size, gets = 8 << 20, 64
	p, s, _, err := b.open("bucket", "")
	if err != nil {
		return "", err
	}
	defer p.stop()
	if err := s.put("bucket", "a", content(size)); err != nil {
		return "", err
	}
	// All of them have begun before any goes on.
	var begun, done sync.WaitGroup
	begun.Add(gets)
	done.Add(gets)
	failures := make(chan error, gets)
	for i := 0; i < gets; i++ {
		go func() {
			defer done.Done()
			check := newChecker(size)
			stream, err := s.getStream(background, "bucket", "a")
			if err == nil {
				var first []byte
				if first, err = receive(stream); err == nil {
					_, err = check.Write(first)
				}
			}
			begun.Done()
			begun.Wait()
			for err == nil {
				var data []byte
				if data, err = receive(stream); err == nil {
					_, err = check.Write(data)
				}
			}
			if err == io.EOF {
				err = check.whole()
			}
			if err != nil {
				failures <- err
			}
		}()
	}
	done.Wait()
	if len(failures) > 0 {
		return "", fmt.Errorf("%d failed, one with: %w", len(failures), <-failures)
	}
	return withPeak(p, fmt.Sprintf("%d gets of %d MiB", gets, size>>20))
}

func isNotHeldUpByAStalledGet(b bench) (string, error) {
	const size = 8 << 20
	p, s, _, err := b.open("bucket", "")
	if err != nil {
		return "", err
	}
	defer p.stop()
	if err := s.put("bucket", "a", content(size)); err != nil {
		return "", err
	}
	// Velero drops a stream that it has read enough of without ending it: nobody reads these.
	for i := 0; i < 32; i++ {
		stream, err := s.getStream(background, "bucket", "a")
		if err != nil {
			return "", err
		}
		if _, err := receive(stream); err != nil {
			return "", err
		}
	}
	if err := s.put("bucket", "b", content(size)); err != nil {
		return "", err
	}
	if err := expect(s, "bucket", "b", size); err != nil {
		return "", err
	}
	return withPeak(p, "32 gets stand still, a put and a get pass them")
}

func carriesALargeObject(b bench) (string, error) {
	p, s, _, err := b.open("bucket", "")
	if err != nil {
		return "", err
	}
	defer p.stop()
	begin := time.Now()
	if err := s.put("bucket", "a", content(b.size)); err != nil {
		return "", fmt.Errorf("put: %w", err)
	}
	put := time.Since(begin)
	afterPut, err := p.peakMemory()
	if err != nil {
		return "", err
	}
	putCPU, err := p.cpuTime()
	if err != nil {
		return "", err
	}
	begin = time.Now()
	if err := expect(s, "bucket", "a", b.size); err != nil {
		return "", fmt.Errorf("get: %w", err)
	}
	get := time.Since(begin)
	speed := func(took time.Duration) float64 { return float64(b.size) / (1 << 20) / took.Seconds() }
	return withPeak(p, fmt.Sprintf("%d MiB: put %.0f MiB/s, CPU %.2f s, peak memory %.1f MiB; get %.0f MiB/s",
		b.size>>20, speed(put), putCPU.Seconds(), float64(afterPut)/1024, speed(get)))
}

func withPeak(p *process, detail string) (string, error) {
	peak, err := p.peakMemory()
	if err != nil {
		return "", err
	}
	cpu, err := p.cpuTime()
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%s; the plugin's peak memory %.1f MiB, CPU %.2f s", detail, float64(peak)/1024, cpu.Seconds()), nil
}
