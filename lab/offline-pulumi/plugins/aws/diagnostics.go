package main

import (
	"errors"
	"strings"

	hcty "github.com/hashicorp/go-cty/cty"
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim/diagnostics"
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim/tfplugin5/proto"
)

func diagError(d *proto.Diagnostic) error {
	var path hcty.Path
	if d.Attribute != nil {
		for _, s := range d.Attribute.Steps {
			switch x := s.Selector.(type) {
			case *proto.AttributePath_Step_AttributeName:
				path = path.GetAttr(x.AttributeName)
			case *proto.AttributePath_Step_ElementKeyString:
				path = path.IndexString(x.ElementKeyString)
			case *proto.AttributePath_Step_ElementKeyInt:
				path = path.IndexInt(int(x.ElementKeyInt))
			}
		}
	}
	return &diagnostics.ValidationError{AttributePath: path, Summary: d.Summary, Detail: d.Detail}
}

func warningsErrors(diags []*proto.Diagnostic) (warns []string, errs []error) {
	for _, d := range diags {
		switch d.Severity {
		case proto.Diagnostic_ERROR:
			errs = append(errs, diagError(d))
		case proto.Diagnostic_WARNING:
			w := d.Summary
			if d.Detail != "" {
				w += ": " + d.Detail
			}
			warns = append(warns, w)
		}
	}
	return warns, errs
}

// failure joins a call's error diagnostics into one readable error.
func failure(diags []*proto.Diagnostic) error {
	var msgs []string
	for _, d := range diags {
		if d.Severity != proto.Diagnostic_ERROR {
			continue
		}
		m := d.Summary
		if det := strings.TrimSpace(d.Detail); det != "" && det != m {
			m += ": " + det
		}
		if d.Attribute != nil && len(d.Attribute.Steps) > 0 {
			m = pathKey(d.Attribute) + ": " + m
		}
		msgs = append(msgs, m)
	}
	if len(msgs) == 0 {
		return nil
	}
	return errors.New(strings.Join(msgs, "\n"))
}
