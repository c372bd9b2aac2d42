package main

import (
	"os"
	"path/filepath"
	"reflect"
	"testing"
)

// write makes files below a folder, by their path.
func write(t *testing.T, folder string, files map[string]string) {
	t.Helper()
	for name, content := range files {
		file := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func TestRequiredPlugins(t *testing.T) {
	root := filepath.Join(t.TempDir(), "odd[1]*name")
	write(t, root, map[string]string{
		"node_modules/@pulumi/aws/package.json": `{"name":"@pulumi/aws","version":"7.48.0","pulumi":{"resource":true}}`,
		"node_modules/named/package.json": `{"name":"named","version":"9.0.0",
			"pulumi":{"resource":true,"name":"other","version":"v1.2.3","server":"https://example.com"}}`,
		"node_modules/plain/package.json":                              `{"name":"plain","version":"1.0.0"}`,
		"node_modules/plain/node_modules/@pulumi/command/package.json": `{"name":"@pulumi/command","version":"1.2.1","pulumi":{"resource":true}}`,
		"node_modules/broken/package.json":                             `{`,
		"node_modules/.bin/hidden/package.json":                        `{"name":"hidden","version":"1.0.0","pulumi":{"resource":true}}`,
		"node_modules/component/package.json":                          `{"name":"component","version":"1.0.0","pulumi":{"resource":false}}`,
		"program/package.json":                                         `{"name":"program","version":"1.0.0","pulumi":{"resource":true}}`,
	})
	// A workspace leads back to a folder with the same packages.
	if err := os.Symlink(root, filepath.Join(root, "node_modules", "loop")); err != nil {
		t.Fatal(err)
	}
	want := []plugin{
		{"aws", "v7.48.0", ""},
		{"command", "v1.2.1", ""},
		{"other", "v1.2.3", "https://example.com"},
	}
	if got := requiredPlugins(filepath.Join(root, "program")); !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestNoPackages(t *testing.T) {
	if got := requiredPlugins(t.TempDir()); len(got) != 0 {
		t.Errorf("got %v", got)
	}
}
