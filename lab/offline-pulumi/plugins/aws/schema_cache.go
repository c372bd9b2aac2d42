package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"

	gproto "github.com/golang/protobuf/proto" //nolint:staticcheck // the bridge generated its messages for this API
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim/tfplugin5/proto"
)

// loadSchema returns the provider's schema cut down to the mapped types. The full message is tens of
// megabytes, so the cut-down one is kept in a cache file keyed by the binary and the mapping.
func loadSchema(p *tfProcess, resources, functions []string) (*proto.GetProviderSchema_Response, error) {
	cache := cachePath(p.path, resources, functions)
	if b, err := os.ReadFile(cache); err == nil {
		var s proto.GetProviderSchema_Response
		if gproto.Unmarshal(b, &s) == nil && s.Provider != nil {
			return &s, nil
		}
	}
	c, err := p.Client()
	if err != nil {
		return nil, err
	}
	full, err := c.GetSchema(context.Background(), &proto.GetProviderSchema_Request{})
	if err != nil {
		return nil, fmt.Errorf("reading the Terraform provider's schema: %w", err)
	}
	cut := &proto.GetProviderSchema_Response{
		Provider:          full.Provider,
		ResourceSchemas:   map[string]*proto.Schema{},
		DataSourceSchemas: map[string]*proto.Schema{},
	}
	for _, t := range resources {
		if s := full.ResourceSchemas[t]; s != nil {
			cut.ResourceSchemas[t] = s
			dropDescriptions(s.Block)
		}
	}
	for _, t := range functions {
		if s := full.DataSourceSchemas[t]; s != nil {
			cut.DataSourceSchemas[t] = s
			dropDescriptions(s.Block)
		}
	}
	dropDescriptions(cut.Provider.Block)
	if b, err := gproto.Marshal(cut); err == nil {
		if os.MkdirAll(filepath.Dir(cache), 0o755) == nil {
			tmp := fmt.Sprintf("%s.%d", cache, os.Getpid())
			if os.WriteFile(tmp, b, 0o644) == nil {
				_ = os.Rename(tmp, cache)
			}
		}
	}
	return cut, nil
}

func dropDescriptions(b *proto.Schema_Block) {
	if b == nil {
		return
	}
	b.Description = ""
	for _, a := range b.Attributes {
		a.Description = ""
	}
	for _, n := range b.BlockTypes {
		dropDescriptions(n.Block)
	}
}

func cachePath(bin string, resources, functions []string) string {
	h := sha256.New()
	fmt.Fprintln(h, bin)
	if st, err := os.Stat(bin); err == nil {
		fmt.Fprintln(h, st.Size(), st.ModTime().UnixNano())
	}
	for _, l := range [][]string{resources, functions} {
		l = append([]string{}, l...)
		sort.Strings(l)
		fmt.Fprintln(h, strings.Join(l, " "))
	}
	dir := os.Getenv("PULUMI_AWS_SCHEMA_CACHE")
	if dir == "" {
		dir, _ = os.UserCacheDir()
		if dir == "" {
			dir = os.TempDir()
		}
		dir = filepath.Join(dir, "pulumi-resource-aws")
	}
	return filepath.Join(dir, hex.EncodeToString(h.Sum(nil)[:8])+".pb")
}
