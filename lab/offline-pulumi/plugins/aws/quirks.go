package main

import (
	"net"
	"net/url"
	"os"
	"strings"

	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge"
	shim "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// Where @pulumi/aws differs from what the bridge derives from Terraform's schema: names, shapes, assets,
// JSON documents, automatic names, and outputs that version 6 of the Terraform provider added.
// ../tools/check-names.js finds such differences.

type fields = map[string]*tfbridge.SchemaInfo

func ptr[T any](v T) *T { return &v }

// configQuirks sets the defaults that @pulumi/aws's plugin gives the provider's configuration.
func configQuirks() fields {
	f := fields{
		"region":                  {Default: &tfbridge.DefaultInfo{EnvVars: []string{"AWS_REGION", "AWS_DEFAULT_REGION"}}},
		"skip_region_validation":  {Default: &tfbridge.DefaultInfo{Value: true}},
		"skip_metadata_api_check": {Default: &tfbridge.DefaultInfo{Value: "true"}},
		// The provider's configuration schema doesn't carry these blocks' maximum of one.
		"assume_role_with_web_identity": {Name: "assumeRoleWithWebIdentity", MaxItemsOne: ptr(true)},
		"default_tags":                  {Name: "defaultTags", MaxItemsOne: ptr(true)},
		"ignore_tags":                   {Name: "ignoreTags", MaxItemsOne: ptr(true)},
	}
	// Bucket host names can't be made from a local emulator's address.
	for _, v := range []string{"AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"} {
		if u, err := url.Parse(os.Getenv(v)); err == nil && (u.Hostname() == "localhost" || net.ParseIP(u.Hostname()) != nil) {
			f["s3_use_path_style"] = &tfbridge.SchemaInfo{Default: &tfbridge.DefaultInfo{Value: true}}
		}
	}
	return f
}

// field returns the override entry for "attr" or "block.attr" of a type, creating it.
func field(f fields, path string) *tfbridge.SchemaInfo {
	parts := strings.Split(path, ".")
	for i, p := range parts {
		s := f[p]
		if s == nil {
			s = &tfbridge.SchemaInfo{}
			f[p] = s
		}
		if i == len(parts)-1 {
			return s
		}
		if s.Elem == nil {
			s.Elem = &tfbridge.SchemaInfo{}
		}
		if s.Elem.Fields == nil {
			s.Elem.Fields = fields{}
		}
		f = s.Elem.Fields
	}
	return nil
}

func quirks(pi *tfbridge.ProviderInfo, p *tfProvider) {
	for tf, m := range renamed {
		for path, name := range m {
			field(pi.Resources[tf].Fields, path).Name = name
		}
	}
	for tf, m := range flat {
		for path, one := range m {
			field(pi.Resources[tf].Fields, path).MaxItemsOne = ptr(one)
		}
	}
	for tf, attr := range documents {
		field(pi.Resources[tf].Fields, attr).Transform = jsonDocument
	}
	field(pi.Resources["aws_lambda_function"].Fields, "filename").Asset = &tfbridge.AssetTranslation{
		Kind: tfbridge.FileArchive, Format: resource.ZIPArchive,
	}
	field(pi.Resources["aws_s3_object"].Fields, "source").Asset = &tfbridge.AssetTranslation{Kind: tfbridge.FileAsset}
	notStatements(p.resources["aws_wafv2_web_acl"].schema, pi.Resources["aws_wafv2_web_acl"].Fields)
	field(pi.DataSources["aws_lb"].Fields, "access_logs").MaxItemsOne = ptr(true)
	field(pi.DataSources["aws_lb"].Fields, "access_logs").Name = "accessLogs"

	for tf, r := range pi.Resources {
		attr, max, lower, prefix := "name", 255, false, ""
		if a, ok := autoNames[tf]; ok {
			attr, max, lower, prefix = a.attr, a.max, a.lower, a.prefix
		}
		s, ok := p.resources[tf].schema.GetOk(attr)
		if attr == "" || !ok || s.Type() != shim.TypeString || !(s.Optional() || s.Required()) {
			continue
		}
		f := field(r.Fields, attr)
		if f.Name == "" {
			f.Name = tfbridge.TerraformToPulumiNameV2(attr, p.resources[tf].schema, nil)
		}
		f.Default = autoName(max, lower, prefix)
	}
	for tf, r := range pi.Resources {
		r.TransformOutputs = outputs(tf, p)
	}
}

// notStatements flattens every `not_statement.statement`, which Terraform doesn't limit to one.
func notStatements(m shim.SchemaMap, f fields) {
	m.Range(func(k string, s shim.Schema) bool {
		r, ok := s.Elem().(shim.Resource)
		if !ok {
			return true
		}
		e := &tfbridge.SchemaInfo{Elem: &tfbridge.SchemaInfo{Fields: fields{}}}
		if k == "not_statement" {
			e.Elem.Fields["statement"] = &tfbridge.SchemaInfo{Name: "statement", MaxItemsOne: ptr(true)}
		}
		notStatements(r.Schema(), e.Elem.Fields)
		if len(e.Elem.Fields) > 0 {
			if old := f[k]; old != nil { // keep what the level above set
				old.Elem = e.Elem
			} else {
				f[k] = e
			}
		}
		return true
	})
}
