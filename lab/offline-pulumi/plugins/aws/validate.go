package main

import (
	"context"
	"fmt"
	"strings"

	hcty "github.com/hashicorp/go-cty/cty"
	shim "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim"
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim/diagnostics"
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim/tfplugin5/proto"
	"github.com/zclconf/go-cty/cty"
)

// convErrors turns a value of the wrong shape into errors that carry its path.
func convErrors(c config, t *tfType) (cty.Value, []error) {
	v, err := toCty(map[string]interface{}(c), t.ty)
	var ces []*convError
	if ce, ok := err.(*convError); ok {
		ces = append(ces, ce)
	} else if err != nil {
		return cty.NilVal, []error{err}
	}
	ces = append(ces, unknownKeys(map[string]interface{}(c), t.ty)...)
	var errs []error
	for _, ce := range ces {
		var path hcty.Path
		for _, s := range ce.path {
			switch s := s.(type) {
			case string:
				path = path.GetAttr(s)
			case int:
				path = path.IndexInt(s)
			}
		}
		if ce.msg == "unknown argument" {
			// The bridge can't place a path it has no schema for.
			errs = append(errs, fmt.Errorf("%s: not an argument of %s in terraform-provider-aws 5.x", pulumiPath(ce.path), t.name))
			continue
		}
		errs = append(errs, &diagnostics.ValidationError{AttributePath: path, Summary: "Wrong type", Detail: ce.msg})
	}
	if len(errs) > 0 {
		return cty.NilVal, errs
	}
	return normalizeBlocks(t.block, v), nil
}

func pulumiPath(path []interface{}) string {
	s := ""
	for _, p := range path {
		switch p := p.(type) {
		case string:
			if s != "" {
				s += "."
			}
			parts := strings.Split(p, "_")
			for i := 1; i < len(parts); i++ {
				if parts[i] != "" {
					parts[i] = strings.ToUpper(parts[i][:1]) + parts[i][1:]
				}
			}
			s += strings.Join(parts, "")
		default:
			s += fmt.Sprintf("[%v]", p)
		}
	}
	return s
}

func (p *tfProvider) Validate(ctx context.Context, c shim.ResourceConfig) ([]string, []error) {
	v, errs := convErrors(c.(config), p.conf)
	if errs != nil {
		return nil, errs
	}
	dv, err := encode(v, p.conf.ty)
	if err != nil {
		return nil, []error{err}
	}
	cl, err := p.proc.Client()
	if err != nil {
		return nil, []error{err}
	}
	r, err := cl.PrepareProviderConfig(ctx, &proto.PrepareProviderConfig_Request{Config: dv})
	if err != nil {
		return nil, []error{err}
	}
	return warningsErrors(r.Diagnostics)
}

func (p *tfProvider) ValidateResource(ctx context.Context, t string, c shim.ResourceConfig) ([]string, []error) {
	r := p.resources[t]
	v, errs := convErrors(c.(config), r)
	if errs != nil {
		return nil, errs
	}
	dv, err := encode(v, r.ty)
	if err != nil {
		return nil, []error{err}
	}
	cl, err := p.proc.Client()
	if err != nil {
		return nil, []error{err}
	}
	resp, err := cl.ValidateResourceTypeConfig(ctx, &proto.ValidateResourceTypeConfig_Request{TypeName: t, Config: dv})
	if err != nil {
		return nil, []error{err}
	}
	return warningsErrors(resp.Diagnostics)
}

func (p *tfProvider) ValidateDataSource(ctx context.Context, t string, c shim.ResourceConfig) ([]string, []error) {
	r := p.dataSources[t]
	v, errs := convErrors(c.(config), r)
	if errs != nil {
		return nil, errs
	}
	dv, err := encode(v, r.ty)
	if err != nil {
		return nil, []error{err}
	}
	cl, err := p.proc.Client()
	if err != nil {
		return nil, []error{err}
	}
	resp, err := cl.ValidateDataSourceConfig(ctx, &proto.ValidateDataSourceConfig_Request{TypeName: t, Config: dv})
	if err != nil {
		return nil, []error{err}
	}
	return warningsErrors(resp.Diagnostics)
}

func (p *tfProvider) Configure(ctx context.Context, c shim.ResourceConfig) error {
	v, err := toCty(map[string]interface{}(c.(config)), p.conf.ty)
	if err != nil {
		return err
	}
	dv, err := encode(normalizeBlocks(p.conf.block, v), p.conf.ty)
	if err != nil {
		return err
	}
	cl, err := p.proc.Client()
	if err != nil {
		return err
	}
	r, err := cl.Configure(ctx, &proto.Configure_Request{TerraformVersion: terraformVersion, Config: dv})
	if err != nil {
		return err
	}
	return failure(r.Diagnostics)
}
