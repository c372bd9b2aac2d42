package main

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"reflect"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/events"
)

// adapterFor starts an application and an adapter in front of it.
func adapterFor(t *testing.T, application http.HandlerFunc, basePath string) *adapter {
	t.Helper()
	server := httptest.NewServer(application)
	t.Cleanup(server.Close)
	address, err := url.Parse(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	return newAdapter(options{host: address.Hostname(), port: address.Port(), readinessPath: "/ready", basePath: basePath})
}

func post(t *testing.T, adapter *adapter, event string) (http.Header, string) {
	t.Helper()
	recorder := httptest.NewRecorder()
	request := httptest.NewRequest(http.MethodPost, invokePath, strings.NewReader(event))
	invocations(adapter).ServeHTTP(recorder, request)
	if recorder.Code != http.StatusOK {
		t.Fatalf("status %d, body %s", recorder.Code, recorder.Body)
	}
	return recorder.Header(), recorder.Body.String()
}

func TestEventBecomesRequest(t *testing.T) {
	var got *http.Request
	var body []byte
	adapter := adapterFor(t, func(_ http.ResponseWriter, r *http.Request) {
		got = r
		body, _ = io.ReadAll(r.Body)
	}, "/Stage")
	post(t, adapter, `{
		"version": "2.0", "rawPath": "/command/v1/stock/a b/receive", "rawQueryString": "x=1&x=2&y=%20",
		"headers": {"host": "api.example:4566", "content-type": "text/plain", "accept": "a/b, c/d;q=0.5", "x-forwarded-for": "192.0.2.1"},
		"cookies": ["a=1", "b=2"], "body": "aGk=", "isBase64Encoded": true,
		"requestContext": {"stage": "Stage", "domainName": "api.example", "http": {"method": "POST"}, "more": {"kept": [1, 2]}}}`)

	for what, pair := range map[string][2]string{
		"method":          {got.Method, "POST"},
		"path and query":  {got.RequestURI, "/command/v1/stock/a%20b/receive?x=1&x=2&y=%20"},
		"host":            {got.Host, "api.example:4566"},
		"content type":    {got.Header.Get("Content-Type"), "text/plain"},
		"a list":          {got.Header.Get("Accept"), "a/b, c/d;q=0.5"},
		"forwarded":       {got.Header.Get("X-Forwarded-For"), "192.0.2.1"},
		"cookies":         {got.Header.Get("Cookie"), "a=1; b=2"},
		"decoded body":    {string(body), "hi"},
		"request context": {got.Header.Get("X-Amzn-Request-Context"), `{"stage":"Stage","domainName":"api.example","http":{"method":"POST"},"more":{"kept":[1,2]}}`},
	} {
		if pair[0] != pair[1] {
			t.Errorf("%s: got %q, want %q", what, pair[0], pair[1])
		}
	}
}

func TestAnswerBecomesPayload(t *testing.T) {
	for _, c := range []struct {
		name  string
		write http.HandlerFunc
		want  events.APIGatewayV2HTTPResponse
	}{
		{"text", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			w.Header().Set("Keep-Alive", "timeout=5")
			w.WriteHeader(http.StatusCreated)
			_, _ = io.WriteString(w, `{"ä":1}`)
		}, events.APIGatewayV2HTTPResponse{StatusCode: 201, Body: `{"ä":1}`}},
		{"an error of the application stays its answer", func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusInternalServerError)
		}, events.APIGatewayV2HTTPResponse{StatusCode: 500}},
		{"bytes", func(w http.ResponseWriter, _ *http.Request) {
			_, _ = w.Write([]byte{0xff, 0xfe, 0x00})
		}, events.APIGatewayV2HTTPResponse{StatusCode: 200, Body: "//4A", IsBase64Encoded: true}},
		{"cookies", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Add("Set-Cookie", "a=1")
			w.Header().Add("Set-Cookie", "b=2; Path=/, x")
			w.WriteHeader(http.StatusNoContent)
		}, events.APIGatewayV2HTTPResponse{StatusCode: 204, Cookies: []string{"a=1", "b=2; Path=/, x"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			header, payload := post(t, adapterFor(t, c.write, ""), `{"rawPath": "/", "requestContext": {"http": {"method": "GET"}}}`)
			var got events.APIGatewayV2HTTPResponse
			if err := json.Unmarshal([]byte(payload), &got); err != nil {
				t.Fatal(err)
			}
			if header.Get("X-Amz-Function-Error") != "" || got.Headers["Keep-Alive"] != "" {
				t.Errorf("unexpected header in %v or %v", header, got.Headers)
			}
			got.Headers = nil
			if len(got.Cookies) == 0 {
				got.Cookies = nil
			}
			if !reflect.DeepEqual(got, c.want) {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
		})
	}
}

func TestFailuresAreFunctionErrors(t *testing.T) {
	closed := adapterFor(t, func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, "")
	for _, c := range []struct{ name, event, want string }{
		{"not JSON", `{`, "the event is not JSON"},
		{"another kind of event", `{"Records": []}`, "only API Gateway payload 2.0 and Function URL events"},
		{"a broken body", `{"rawPath": "/", "body": "*", "isBase64Encoded": true, "requestContext": {"http": {"method": "PUT"}}}`, "no valid HTTP request"},
		{"no answer", `{"rawPath": "/x", "requestContext": {"http": {"method": "GET"}}}`, "the application did not answer GET /x"},
	} {
		t.Run(c.name, func(t *testing.T) {
			header, payload := post(t, closed, c.event)
			if header.Get("X-Amz-Function-Error") != "Unhandled" || !strings.Contains(payload, c.want) {
				t.Errorf("got %v %s, want an Unhandled error with %q", header, payload, c.want)
			}
		})
	}
}

func TestWaitsUntilReady(t *testing.T) {
	var asked atomic.Int32
	adapter := adapterFor(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/ready" {
			t.Errorf("asked %s", r.URL.Path)
		}
		// A 404 counts as ready, as in the real adapter: only the server has to be up.
		w.WriteHeader(map[bool]int{true: http.StatusServiceUnavailable, false: http.StatusNotFound}[asked.Add(1) < 3])
	}, "")
	if err := adapter.waitUntilReady(context.Background()); err != nil || asked.Load() != 3 {
		t.Errorf("ready after %d requests, %v; want 3", asked.Load(), err)
	}
}

func TestWaitingEndsWithTheContext(t *testing.T) {
	adapter := newAdapter(options{host: "127.0.0.1", port: "1", readinessPath: "/ready"})
	ctx, cancel := context.WithTimeout(context.Background(), 3*readinessInterval)
	defer cancel()
	started := time.Now()
	err := adapter.waitUntilReady(ctx)
	if err == nil || !strings.Contains(err.Error(), "/ready") || time.Since(started) > 5*time.Second {
		t.Errorf("got %v after %v", err, time.Since(started))
	}
}
