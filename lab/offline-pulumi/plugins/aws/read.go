package main

import (
	"context"

	shim "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim"
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim/tfplugin5/proto"
)

func (p *tfProvider) Refresh(ctx context.Context, t string, s shim.InstanceState, _ shim.ResourceConfig) (shim.InstanceState, error) {
	st, err := p.upgrade(ctx, toState(s))
	if err != nil || st == nil {
		return nil, err
	}
	cur, err := encode(st.val, st.t.ty)
	if err != nil {
		return nil, err
	}
	cl, err := p.proc.Client()
	if err != nil {
		return nil, err
	}
	resp, err := cl.ReadResource(ctx, &proto.ReadResource_Request{TypeName: t, CurrentState: cur, Private: st.private()})
	if err != nil {
		return nil, err
	}
	if err := failure(resp.Diagnostics); err != nil {
		return nil, err
	}
	v, err := decode(resp.NewState, st.t.ty)
	if err != nil || v.IsNull() {
		return nil, err
	}
	n := &state{t: st.t, val: v, meta: parseMeta(resp.Private)}
	if n.meta == nil {
		n.meta = st.meta
	}
	if n.ID() == "" {
		return nil, nil
	}
	return n, nil
}

func (p *tfProvider) importState(t *tfType, id string) ([]shim.InstanceState, error) {
	cl, err := p.proc.Client()
	if err != nil {
		return nil, err
	}
	resp, err := cl.ImportResourceState(context.Background(), &proto.ImportResourceState_Request{TypeName: t.name, Id: id})
	if err != nil {
		return nil, err
	}
	if err := failure(resp.Diagnostics); err != nil {
		return nil, err
	}
	var out []shim.InstanceState
	for _, r := range resp.ImportedResources {
		rt, ok := p.resources[r.TypeName]
		if !ok {
			continue // a companion of a type that is not mapped
		}
		v, err := decode(r.State, rt.ty)
		if err != nil {
			return nil, err
		}
		out = append(out, &state{t: rt, val: v, meta: parseMeta(r.Private)})
	}
	return out, nil
}

func (p *tfProvider) ReadDataDiff(_ context.Context, t string, c shim.ResourceConfig) (shim.InstanceDiff, error) {
	r := p.dataSources[t]
	v, err := toCty(map[string]interface{}(c.(config)), r.ty)
	if err != nil {
		return nil, err
	}
	return &instanceDiff{t: r, planned: normalizeBlocks(r.block, v)}, nil
}

func (p *tfProvider) ReadDataApply(ctx context.Context, t string, d shim.InstanceDiff) (shim.InstanceState, error) {
	r := p.dataSources[t]
	dv, err := encode(d.(*instanceDiff).planned, r.ty)
	if err != nil {
		return nil, err
	}
	cl, err := p.proc.Client()
	if err != nil {
		return nil, err
	}
	resp, err := cl.ReadDataSource(ctx, &proto.ReadDataSource_Request{TypeName: t, Config: dv})
	if err != nil {
		return nil, err
	}
	if err := failure(resp.Diagnostics); err != nil {
		return nil, err
	}
	v, err := decode(resp.State, r.ty)
	if err != nil {
		return nil, err
	}
	return &state{t: r, val: v}, nil
}
