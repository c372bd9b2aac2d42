package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"sort"
	"strings"
)

// plugin that an npm package asks for in the `pulumi` object of its package.json.
type plugin struct{ name, version, server string }

// manifest is what matters here of a package.json.
type manifest struct {
	Name    string `json:"name"`
	Version string `json:"version"`
	Pulumi  struct {
		Resource bool   `json:"resource"`
		Name     string `json:"name"`
		Version  string `json:"version"`
		Server   string `json:"server"`
	} `json:"pulumi"`
}

// requiredPlugins looks through the packages that files of the folder can import, and those below them.
func requiredPlugins(folder string) []plugin {
	found := map[plugin]bool{}
	seen := map[string]bool{}
	for current := folder; ; current = filepath.Dir(current) {
		visitModules(filepath.Join(current, "node_modules"), seen, found)
		if current == filepath.Dir(current) {
			break
		}
	}
	plugins := make([]plugin, 0, len(found))
	for one := range found {
		plugins = append(plugins, one)
	}
	sort.Slice(plugins, func(i, j int) bool {
		return plugins[i].name+plugins[i].version < plugins[j].name+plugins[j].version
	})
	return plugins
}

// visitModules looks at each package of a node_modules folder, and at those that it brings along.
func visitModules(folder string, seen map[string]bool, found map[plugin]bool) {
	for _, pattern := range []string{"[^.@]*", "@*/*"} {
		packages, err := filepath.Glob(filepath.Join(escape(folder), pattern))
		if err != nil {
			continue
		}
		for _, link := range packages {
			visitPackage(link, seen, found)
		}
	}
}

// escape keeps the characters of a folder's name from being a pattern.
func escape(folder string) string {
	return strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`).Replace(folder)
}

func visitPackage(link string, seen map[string]bool, found map[plugin]bool) {
	folder, err := filepath.EvalSymlinks(link) // a workspace is a link, which may lead back
	if err != nil || seen[folder] {
		return
	}
	seen[folder] = true
	if content, err := os.ReadFile(filepath.Join(folder, "package.json")); err == nil {
		var described manifest
		if json.Unmarshal(content, &described) == nil && described.Pulumi.Resource {
			found[described.plugin()] = true
		}
	}
	visitModules(filepath.Join(folder, "node_modules"), seen, found)
}

func (m manifest) plugin() plugin {
	name, version := m.Pulumi.Name, m.Pulumi.Version
	if name == "" {
		name = strings.TrimPrefix(m.Name, "@pulumi/")
	}
	if version == "" {
		version = m.Version
	}
	return plugin{name, "v" + strings.TrimPrefix(version, "v"), m.Pulumi.Server}
}
