package main

import (
	"context"

	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge"
	shim "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim"
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim/tfplugin5/proto"
)

const (
	terraformVersion = "1.9.0"
	timeoutsKey      = "e2bfb730-ecaa-11e6-8f88-34363bc7c4c0" // where SDKv2 providers keep timeouts in private data
)

// tfProvider is a shim.Provider over the child process. It does what Terraform's core would do around a
// protocol 5 provider: proposed new state, private data, diagnostics, ignored changes.
type tfProvider struct {
	proc        *tfProcess
	resources   typeMap
	dataSources typeMap
	conf        *tfType
	info        *tfbridge.ProviderInfo
	regionCache
}

// pulumiName is the property that shows a resource's top-level attribute.
func (p *tfProvider) pulumiName(t, attr string) string {
	ps := p.info.Resources[t].Fields
	if i := ps[attr]; i != nil && i.Name != "" {
		return i.Name
	}
	return tfbridge.TerraformToPulumiNameV2(attr, p.resources[t].schema, ps)
}

var _ shim.Provider = (*tfProvider)(nil)

func newTFProvider(proc *tfProcess, resources, functions []string) (*tfProvider, error) {
	s, err := loadSchema(proc, resources, functions)
	if err != nil {
		return nil, err
	}
	p := &tfProvider{proc: proc, resources: typeMap{}, dataSources: typeMap{}}
	for n, r := range s.ResourceSchemas {
		if p.resources[n], err = newTFType(p, n, r); err != nil {
			return nil, err
		}
	}
	for n, r := range s.DataSourceSchemas {
		if p.dataSources[n], err = newTFType(p, n, r); err != nil {
			return nil, err
		}
	}
	p.conf, err = newTFType(nil, "provider", s.Provider)
	return p, err
}

func (p *tfProvider) Schema() shim.SchemaMap           { return p.conf.schema }
func (p *tfProvider) ResourcesMap() shim.ResourceMap   { return p.resources }
func (p *tfProvider) DataSourcesMap() shim.ResourceMap { return p.dataSources }
func (p *tfProvider) InternalValidate() error          { return nil }
func (p *tfProvider) Meta(context.Context) interface{} { return nil }
func (p *tfProvider) InitLogging(context.Context)      {}
func (p *tfProvider) SupportsUnknownCollections() bool { return true }
func (p *tfProvider) IsSet(context.Context, interface{}) ([]interface{}, bool) {
	return nil, false
}

func (p *tfProvider) NewResourceConfig(_ context.Context, o map[string]interface{}) shim.ResourceConfig {
	return config(o)
}

func (p *tfProvider) NewProviderConfig(_ context.Context, o map[string]interface{}) shim.ResourceConfig {
	return config(o)
}

func (p *tfProvider) Stop(ctx context.Context) error {
	c, err := p.proc.Client()
	if err != nil {
		return err
	}
	_, err = c.Stop(ctx, &proto.Stop_Request{})
	return err
}
