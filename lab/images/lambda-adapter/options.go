package main

import (
	"fmt"
	"strconv"
)

// options are the settings of the Lambda Web Adapter that this stand-in honours.
type options struct {
	host          string
	port          string
	readinessPath string
	// basePath is cut from the start of every path.
	basePath string
}

// optionsFrom reads the adapter's own variables, then the older names without prefix, as the real adapter does.
func optionsFrom(lookup func(string) (string, bool)) (options, error) {
	first := func(fallback string, names ...string) string {
		for _, name := range names {
			if value, ok := lookup(name); ok {
				return value
			}
		}
		return fallback
	}
	read := options{
		host:          first("127.0.0.1", "AWS_LWA_HOST", "HOST"),
		port:          first("8080", "AWS_LWA_PORT", "PORT"),
		readinessPath: first("/", "AWS_LWA_READINESS_CHECK_PATH", "READINESS_CHECK_PATH"),
		basePath:      first("", "AWS_LWA_REMOVE_BASE_PATH", "REMOVE_BASE_PATH"),
	}
	return read, read.check()
}

func (o options) check() error {
	number, err := strconv.ParseUint(o.port, 10, 16)
	if err != nil || number == 0 {
		return fmt.Errorf("PORT must be a number from 1 to 65535; got %q", o.port)
	}
	if ":"+o.port == invokeAddress {
		return fmt.Errorf("the application cannot listen on %s here, where invocations arrive; set PORT to another port, such as 3001", o.port)
	}
	return nil
}
