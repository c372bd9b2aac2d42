package main

import (
	"context"
	"fmt"
	"sync"

	"google.golang.org/protobuf/types/known/structpb"
)

// region is the region the provider is configured for, asked of the provider itself once.
func (p *tfProvider) region(ctx context.Context) (string, error) {
	p.regionOnce.Lock()
	defer p.regionOnce.Unlock()
	if p.regionName == "" {
		d, err := p.ReadDataDiff(ctx, "aws_region", config{})
		if err != nil {
			return "", err
		}
		st, err := p.ReadDataApply(ctx, "aws_region", d)
		if err != nil {
			return "", fmt.Errorf("finding the provider's region: %w", err)
		}
		p.regionName = st.ID()
	}
	return p.regionName, nil
}

type regionCache struct {
	regionOnce sync.Mutex
	regionName string
}

// takeRegion removes the v7 `region` argument, which must name the provider's own region.
func (s *server) takeRegion(ctx context.Context, m *structpb.Struct) (problem string, err error) {
	v, ok := m.GetFields()["region"]
	if !ok {
		return "", nil
	}
	props, err := unmarshal(&structpb.Struct{Fields: map[string]*structpb.Value{"region": v}})
	if err != nil {
		return "", err
	}
	delete(m.Fields, "region")
	r := props["region"]
	if r.IsSecret() {
		r = r.SecretValue().Element
	}
	if r.IsOutput() {
		r = r.OutputValue().Element
	}
	if !r.IsString() || r.StringValue() == "" {
		return "", nil
	}
	have, err := s.p.region(ctx)
	if err != nil {
		return "", err
	}
	if r.StringValue() != have {
		return fmt.Sprintf("region %q differs from the provider's region %q: this plugin drives one region per provider, "+
			"so pass an explicit aws.Provider for the other region", r.StringValue(), have), nil
	}
	return "", nil
}
