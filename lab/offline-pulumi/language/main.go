// Pulumi's language host for Node.js: the engine starts it, reads the port from its first line, and has it run programs
// and plugins that are written for Node.js. The official host is a module of its own that Go's module proxy doesn't
// have in a version that honours `runtime.options`, so this one does what the lab uses of it.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/util/logging"
	"github.com/pulumi/pulumi/sdk/v3/go/common/util/rpcutil"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc"
)

func main() {
	flag.String("tracing", "", "not supported: the engine passes it along")
	flag.Parse()
	logging.InitLogging(false, 0, false)
	if err := serve(flag.Arg(0)); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// serve answers the engine until it is gone.
func serve(engineAddress string) error {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	if err := rpcutil.Healthcheck(ctx, engineAddress, 5*time.Minute, cancel); err != nil {
		return fmt.Errorf("watching the engine: %w", err)
	}
	stop := make(chan bool)
	go func() {
		<-ctx.Done()
		close(stop)
	}()
	handle, err := rpcutil.ServeWithOptions(rpcutil.ServeOptions{
		Cancel: stop,
		Init: func(server *grpc.Server) error {
			pulumirpc.RegisterLanguageRuntimeServer(server, &host{engineAddress: engineAddress})
			return nil
		},
	})
	if err != nil {
		return fmt.Errorf("serving the language host: %w", err)
	}
	fmt.Println(handle.Port)
	return <-handle.Done
}
