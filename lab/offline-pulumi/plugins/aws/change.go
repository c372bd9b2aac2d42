package main

import (
	"context"
	"encoding/json"
	"time"

	shim "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim"
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim/tfplugin5/proto"
	"github.com/zclconf/go-cty/cty"
)

// diffReport lets the RPC layer see which attributes the last Diff found changed.
type diffReport struct{ d *instanceDiff }
type diffReportKey struct{}

func (p *tfProvider) Diff(ctx context.Context, t string, s shim.InstanceState, c shim.ResourceConfig,
	opts shim.DiffOptions,
) (shim.InstanceDiff, error) {
	r := p.resources[t]
	prior, st := cty.NullVal(r.ty), toState(s)
	st, err := p.upgrade(ctx, st)
	if err != nil {
		return nil, err
	}
	if st != nil {
		prior = st.val
	}
	obj := map[string]interface{}(c.(config))
	withTimeouts(obj, r, opts.TimeoutOptions.TimeoutOverrides)
	cfg, err := toCty(obj, r.ty)
	if err != nil {
		return nil, err
	}
	cfg = normalizeBlocks(r.block, cfg)
	var ignored map[string]struct{}
	if opts.IgnoreChanges != nil {
		ignored = opts.IgnoreChanges()
	}
	// Ignored attributes are planned with their prior values. Where the provider won't plan that (the
	// prior value isn't a valid argument), it plans the program's and the prior is put back afterwards.
	wanted := cfg
	cfg = ignoreChanges(wanted, prior, ignored)
	resp, err := p.plan(ctx, r, prior, cfg, st.private())
	if err != nil && len(ignored) > 0 {
		cfg = wanted
		resp, err = p.plan(ctx, r, prior, cfg, st.private())
	}
	if err != nil {
		return nil, err
	}
	planned, err := decode(resp.PlannedState, r.ty)
	if err != nil {
		return nil, err
	}
	planned = ignoreChanges(planned, prior, ignored)
	d := &instanceDiff{t: r, config: cfg, planned: planned, private: resp.PlannedPrivate}
	d.computeDiff(prior, resp.RequiresReplace)
	if rep, ok := ctx.Value(diffReportKey{}).(*diffReport); ok {
		rep.d = d
	}
	return d, nil
}

// plan asks the provider to plan a change.
func (p *tfProvider) plan(ctx context.Context, r *tfType, prior, cfg cty.Value, private []byte) (*proto.PlanResourceChange_Response, error) {
	priorB, err := encode(prior, r.ty)
	if err != nil {
		return nil, err
	}
	cfgB, err := encode(cfg, r.ty)
	if err != nil {
		return nil, err
	}
	propB, err := encode(proposedNew(r.block, prior, cfg), r.ty)
	if err != nil {
		return nil, err
	}
	cl, err := p.proc.Client()
	if err != nil {
		return nil, err
	}
	resp, err := cl.PlanResourceChange(ctx, &proto.PlanResourceChange_Request{
		TypeName: r.name, PriorState: priorB, ProposedNewState: propB, Config: cfgB, PriorPrivate: private,
	})
	if err != nil {
		return nil, err
	}
	return resp, failure(resp.Diagnostics)
}

// withTimeouts puts Pulumi's customTimeouts where the resource's own `timeouts` block takes them.
func withTimeouts(obj map[string]interface{}, r *tfType, over map[shim.TimeoutKey]time.Duration) {
	delete(obj, "timeouts")
	if len(over) == 0 || !r.ty.HasAttribute("timeouts") {
		return
	}
	ty, m := r.ty.AttributeType("timeouts"), map[string]interface{}{}
	if !ty.IsObjectType() {
		return
	}
	for k, d := range over {
		if ty.HasAttribute(string(k)) {
			m[string(k)] = d.String()
		}
	}
	if len(m) > 0 {
		obj["timeouts"] = m
	}
}

func (p *tfProvider) Apply(ctx context.Context, t string, s shim.InstanceState, d shim.InstanceDiff) (shim.InstanceState, error) {
	r, diff := p.resources[t], d.(*instanceDiff)
	st, err := p.upgrade(ctx, toState(s))
	if err != nil {
		return nil, err
	}
	prior := cty.NullVal(r.ty)
	if st != nil {
		prior = st.val
	}
	planned, cfg, private := diff.planned, diff.config, diff.private
	if diff.destroy {
		planned, cfg = cty.NullVal(r.ty), cty.NullVal(r.ty)
		private = mergeTimeouts(st, diff.private)
	}
	priorB, err := encode(prior, r.ty)
	if err != nil {
		return nil, err
	}
	plannedB, err := encode(planned, r.ty)
	if err != nil {
		return nil, err
	}
	cfgB, err := encode(cfg, r.ty)
	if err != nil {
		return nil, err
	}
	cl, err := p.proc.Client()
	if err != nil {
		return nil, err
	}
	resp, err := cl.ApplyResourceChange(ctx, &proto.ApplyResourceChange_Request{
		TypeName: t, PriorState: priorB, PlannedState: plannedB, Config: cfgB, PlannedPrivate: private,
	})
	if err != nil {
		return nil, err
	}
	ferr := failure(resp.Diagnostics)
	v, err := decode(resp.NewState, r.ty)
	if err != nil {
		if ferr != nil {
			return nil, ferr
		}
		return nil, err
	}
	if v.IsNull() || (ferr != nil && st == nil && (&state{t: r, val: v}).ID() == "") {
		return nil, ferr
	}
	return &state{t: r, val: v, meta: parseMeta(resp.Private)}, ferr
}

// mergeTimeouts adds a delete timeout (kept in diff.private as JSON by NewDestroyDiff) to the private data.
func mergeTimeouts(st *state, timeouts []byte) []byte {
	if len(timeouts) == 0 || st == nil {
		return st.private()
	}
	m := map[string]interface{}{}
	for k, v := range st.meta {
		m[k] = v
	}
	var t map[string]interface{}
	if json.Unmarshal(timeouts, &t) == nil {
		old, _ := m[timeoutsKey].(map[string]interface{})
		all := map[string]interface{}{}
		for k, v := range old {
			all[k] = v
		}
		for k, v := range t {
			all[k] = v
		}
		m[timeoutsKey] = all
	}
	b, _ := json.Marshal(m)
	return b
}

func (p *tfProvider) NewDestroyDiff(_ context.Context, _ string, opts shim.TimeoutOptions) shim.InstanceDiff {
	d := &instanceDiff{destroy: true}
	if t, ok := opts.TimeoutOverrides[shim.TimeoutDelete]; ok {
		d.private, _ = json.Marshal(map[string]interface{}{"delete": t.Nanoseconds()})
	}
	return d
}
