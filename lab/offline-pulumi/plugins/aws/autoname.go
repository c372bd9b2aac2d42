package main

import (
	"context"
	"strings"

	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge"
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge/info"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// autoName is the bridge's automatic name, left out when the program gives a prefix instead.
func autoName(max int, lower bool, prefix string) *tfbridge.DefaultInfo {
	opts := info.AutoNameOptions{Separator: "-", Maxlen: max - len(prefix), Randlen: 7}
	if lower {
		opts.Transform = strings.ToLower
	}
	opts.PostTransform = func(res *tfbridge.PulumiResource, name string) (string, error) {
		if b, ok := res.Properties["fifoQueue"]; ok && b.IsBool() && b.BoolValue() {
			name += ".fifo"
		}
		if b, ok := res.Properties["fifoTopic"]; ok && b.IsBool() && b.BoolValue() {
			name += ".fifo"
		}
		return prefix + name, nil
	}
	return &tfbridge.DefaultInfo{
		AutoNamed: true,
		ComputeDefault: func(ctx context.Context, o tfbridge.ComputeDefaultOptions) (interface{}, error) {
			for _, k := range []resource.PropertyKey{"namePrefix", "bucketPrefix"} {
				if v, ok := o.Properties[k]; ok && !v.IsNull() {
					return nil, nil
				}
			}
			return info.ComputeAutoNameDefault(ctx, opts, o)
		},
	}
}
