package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/aws/aws-lambda-go/events"
	"github.com/awslabs/aws-lambda-go-api-proxy/core"
)

const (
	readinessInterval = 20 * time.Millisecond
	// firstUnhealthyStatus: an answer below it means that the application is ready, even a 404.
	firstUnhealthyStatus = 500
	// idleTimeout stays below the 5 s after which Node closes an idle connection: a request on a closing one is lost.
	idleTimeout = 4 * time.Second
)

// failure is what a function's error looks like to the caller of Lambda.
type failure struct {
	Message string `json:"errorMessage"`
	Type    string `json:"errorType"`
}

type adapter struct {
	options   options
	transport *http.Transport
}

func newAdapter(options options) *adapter {
	// Compressed answers go through as they are; a body that is not UTF-8 is then encoded in base64.
	return &adapter{options: options, transport: &http.Transport{DisableCompression: true, IdleConnTimeout: idleTimeout}}
}

func (a *adapter) origin() string {
	return "http://" + a.options.host + ":" + a.options.port
}

func (a *adapter) waitUntilReady(ctx context.Context) error {
	for {
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, a.origin()+a.options.readinessPath, nil)
		if err != nil {
			return fmt.Errorf("AWS_LWA_READINESS_CHECK_PATH %q makes no valid URL: %w", a.options.readinessPath, err)
		}
		if answersHealthy(a.transport, request) {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("stopped before the application answered %s", request.URL)
		case <-time.After(readinessInterval):
		}
	}
}

func answersHealthy(transport http.RoundTripper, request *http.Request) bool {
	response, err := transport.RoundTrip(request)
	if err != nil {
		return false
	}
	defer response.Body.Close()
	_, _ = io.Copy(io.Discard, response.Body)
	return response.StatusCode < firstUnhealthyStatus
}

// invoke sends the event to the application and returns its answer as a Lambda payload.
func (a *adapter) invoke(ctx context.Context, payload []byte) (any, error) {
	request, err := a.request(ctx, payload)
	if err != nil {
		return nil, err
	}
	response, err := a.transport.RoundTrip(request)
	if err != nil {
		return nil, fmt.Errorf("the application did not answer %s %s: %w", request.Method, request.URL.Path, err)
	}
	defer response.Body.Close()
	return proxyResponse(response)
}

func (a *adapter) request(ctx context.Context, payload []byte) (*http.Request, error) {
	var event struct {
		events.APIGatewayV2HTTPRequest
		Context json.RawMessage `json:"requestContext"`
	}
	if err := json.Unmarshal(payload, &event); err != nil {
		return nil, fmt.Errorf("the event is not JSON: %w", err)
	}
	// The raw form is passed on to the application: it may hold more than the library's type knows.
	if err := json.Unmarshal(event.Context, &event.RequestContext); err != nil || event.RequestContext.HTTP.Method == "" {
		return nil, errors.New("the event has no requestContext.http.method: only API Gateway payload 2.0 and Function URL events are understood here")
	}
	event.RawPath = requestPath(event.RequestContext.Stage, event.RawPath, a.options.basePath)
	converted, err := (&core.RequestAccessorV2{}).EventToRequest(event.APIGatewayV2HTTPRequest)
	if err != nil {
		return nil, fmt.Errorf("the event is no valid HTTP request: %w", err)
	}
	converted.URL.Scheme, converted.URL.Host = "http", a.options.host+":"+a.options.port
	converted.RequestURI = ""
	converted.Header = requestHeader(event.Headers, event.Cookies, event.Context)
	if host := converted.Header.Get("Host"); host != "" {
		converted.Host = host
	}
	return converted.WithContext(ctx), nil
}

// requestHeader keeps every value whole: the library's conversion splits values at commas.
func requestHeader(headers map[string]string, cookies []string, requestContext json.RawMessage) http.Header {
	header := http.Header{}
	for name, value := range headers {
		header.Set(name, value)
	}
	if len(cookies) > 0 {
		header.Set("Cookie", strings.Join(cookies, "; "))
	}
	var oneLine bytes.Buffer
	if json.Compact(&oneLine, requestContext) == nil {
		header.Set("X-Amzn-Request-Context", oneLine.String())
	}
	return header
}

func proxyResponse(response *http.Response) (any, error) {
	writer := core.NewProxyResponseWriterV2()
	for name, values := range response.Header {
		writer.Header()[name] = values
	}
	// These describe the connection to the application, not the answer.
	for _, name := range []string{"Connection", "Keep-Alive"} {
		writer.Header().Del(name)
	}
	writer.WriteHeader(response.StatusCode)
	if _, err := io.Copy(writer, response.Body); err != nil {
		return nil, fmt.Errorf("the application's answer broke off: %w", err)
	}
	return writer.GetProxyResponse()
}

func writeJSON(w http.ResponseWriter, payload any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(payload)
}
