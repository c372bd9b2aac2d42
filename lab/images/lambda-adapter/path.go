package main

import (
	"net/url"
	"strings"
)

// requestPath is the path that the application sees for an event's rawPath.
func requestPath(stage, rawPath, basePath string) string {
	return escape(withoutBase(withStage(stage, rawPath), basePath))
}

// withStage adds the name of the stage where it is missing: API Gateway has it in rawPath for every stage
// but $default, an emulator may leave it out.
func withStage(stage, rawPath string) string {
	if stage == "" || stage == "$default" || strings.HasPrefix(rawPath, "/"+stage+"/") || rawPath == "/"+stage {
		return rawPath
	}
	return "/" + stage + rawPath
}

// withoutBase cuts the base path as often as it leads the path: the real adapter does so too.
func withoutBase(path, basePath string) string {
	for basePath != "" && strings.HasPrefix(path, basePath) {
		path = strings.TrimPrefix(path, basePath)
	}
	if !strings.HasPrefix(path, "/") {
		return "/" + path
	}
	return path
}

// escape makes a path that API Gateway has decoded (all but %25) fit for a request line.
func escape(path string) string {
	if decoded, err := url.PathUnescape(path); err == nil {
		path = decoded
	}
	return (&url.URL{Path: path}).EscapedPath()
}
