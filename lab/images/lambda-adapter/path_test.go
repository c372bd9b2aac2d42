package main

import "testing"

func TestRequestPath(t *testing.T) {
	for _, c := range []struct{ name, stage, rawPath, basePath, want string }{
		{"the default stage leaves the path alone", "$default", "/command/v1/healthcheck", "", "/command/v1/healthcheck"},
		{"a Function URL has no stage to add", "", "/items", "", "/items"},
		{"API Gateway has the stage in rawPath", "Stage", "/Stage/command/x", "", "/Stage/command/x"},
		{"an emulator may leave the stage out", "Stage", "/command/x", "", "/Stage/command/x"},
		{"a path that only begins like the stage gets it", "Stage", "/Stages/x", "", "/Stage/Stages/x"},
		{"the stage alone is not doubled", "Stage", "/Stage", "", "/Stage"},
		{"the base path is cut", "Stage", "/Stage/command/x", "/Stage", "/command/x"},
		{"the base path is cut where the stage was added", "Stage", "/command/x", "/Stage", "/command/x"},
		{"the base path is cut as often as it leads", "$default", "/api/api/users", "/api", "/users"},
		{"what is left of a path starts with a slash", "$default", "/apiusers", "/api", "/users"},
		{"the base path alone becomes the root", "$default", "/api", "/api", "/"},
		{"another path keeps its own start", "$default", "/v1/api/x", "/api", "/v1/api/x"},
		{"an empty path becomes the root", "$default", "", "", "/"},
		{"a decoded blank is encoded", "$default", "/stock/a b", "", "/stock/a%20b"},
		{"a decoded question mark stays in the path", "$default", "/stock/a?b", "", "/stock/a%3Fb"},
		{"an encoded per cent sign stays one", "$default", "/stock/a%25b", "", "/stock/a%25b"},
		{"a bare per cent sign is encoded", "$default", "/stock/100%", "", "/stock/100%25"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := requestPath(c.stage, c.rawPath, c.basePath); got != c.want {
				t.Errorf("requestPath(%q, %q, %q) = %q, want %q", c.stage, c.rawPath, c.basePath, got, c.want)
			}
		})
	}
}
