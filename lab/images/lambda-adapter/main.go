// Command lambda-adapter stands in, on one machine, for two programs that AWS provides: the Lambda Web Adapter, which
// turns an event into a request to the web application, and the endpoint that the Lambda service invokes.
//
// Only API Gateway payload 2.0 and Function URL events are understood: nothing else reaches a web application here.
package main

import (
	"context"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"os/signal"
	"syscall"
)

const (
	invokeAddress = ":8080"
	invokePath    = "/2015-03-31/functions/function/invocations"
)

func main() {
	if err := run(); err != nil {
		log.Fatalf("lambda-adapter: %v", err)
	}
}

func run() error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()

	options, err := optionsFrom(os.LookupEnv)
	if err != nil {
		return err
	}
	adapter := newAdapter(options)
	// The caller's clock starts when a connection is accepted; on AWS the start of the application is not part of an
	// invocation's timeout, so nothing is accepted before the application is ready.
	if err := adapter.waitUntilReady(ctx); err != nil {
		return err
	}
	return serve(ctx, adapter)
}

func serve(ctx context.Context, adapter *adapter) error {
	mux := http.NewServeMux()
	mux.Handle("POST "+invokePath, invocations(adapter))
	server := &http.Server{Addr: invokeAddress, Handler: mux}
	go func() {
		<-ctx.Done()
		_ = server.Close()
	}()
	if err := server.ListenAndServe(); err != http.ErrServerClosed {
		return fmt.Errorf("cannot take invocations on %s: %w", invokeAddress, err)
	}
	return nil
}

// invocations answers as the Lambda service does: a failed function is a 200 with an error header and payload.
func invocations(adapter *adapter) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		event, err := io.ReadAll(r.Body)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		payload, err := adapter.invoke(r.Context(), event)
		if err != nil {
			log.Printf("lambda-adapter: %v", err)
			w.Header().Set("X-Amz-Function-Error", "Unhandled")
			payload = failure{Message: err.Error(), Type: "Adapter.Error"}
		}
		writeJSON(w, payload)
	})
}
