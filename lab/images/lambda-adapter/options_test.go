package main

import (
	"strings"
	"testing"
)

func lookupIn(variables map[string]string) func(string) (string, bool) {
	return func(name string) (string, bool) {
		value, ok := variables[name]
		return value, ok
	}
}

func TestOptions(t *testing.T) {
	for _, c := range []struct {
		name      string
		variables map[string]string
		want      options
	}{
		{"PORT and the defaults", map[string]string{"PORT": "3001"}, options{"127.0.0.1", "3001", "/", ""}},
		{"the adapter's names come first", map[string]string{
			"PORT": "1", "AWS_LWA_PORT": "3001", "HOST": "x", "AWS_LWA_HOST": "localhost",
			"READINESS_CHECK_PATH": "/old", "AWS_LWA_READINESS_CHECK_PATH": "/health",
			"REMOVE_BASE_PATH": "/old", "AWS_LWA_REMOVE_BASE_PATH": "/Stage",
		}, options{"localhost", "3001", "/health", "/Stage"}},
		{"the older names count too", map[string]string{
			"PORT": "3001", "HOST": "::1", "READINESS_CHECK_PATH": "/old", "REMOVE_BASE_PATH": "/base",
		}, options{"::1", "3001", "/old", "/base"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := optionsFrom(lookupIn(c.variables))
			if err != nil || got != c.want {
				t.Errorf("got %+v, %v; want %+v", got, err, c.want)
			}
		})
	}
}

func TestOptionsRefuseAPort(t *testing.T) {
	for port, want := range map[string]string{
		"":      "PORT must be a number from 1 to 65535; got \"\"",
		"0":     "from 1 to 65535",
		"70000": "from 1 to 65535",
		"http":  "from 1 to 65535",
		"8080":  "set PORT to another port",
	} {
		t.Run(port, func(t *testing.T) {
			_, err := optionsFrom(lookupIn(map[string]string{"PORT": port}))
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("PORT=%q: got error %v, want one with %q", port, err, want)
			}
		})
	}
}
