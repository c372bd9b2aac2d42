package main

import (
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim/tfplugin5/proto"
	"github.com/zclconf/go-cty/cty"
)

// normalizeBlocks makes absent nested blocks empty collections, as Terraform's core does: only
// attributes may be null.
func normalizeBlocks(b *proto.Schema_Block, v cty.Value) cty.Value {
	if v.IsNull() || !v.IsKnown() {
		return v
	}
	m := v.AsValueMap()
	for _, n := range b.BlockTypes {
		x := m[n.TypeName]
		ty := x.Type()
		switch n.Nesting {
		case proto.Schema_NestedBlock_LIST, proto.Schema_NestedBlock_SET:
			switch {
			case x.IsNull() && ty.IsListType():
				x = cty.ListValEmpty(ty.ElementType())
			case x.IsNull():
				x = cty.SetValEmpty(ty.ElementType())
			case x.IsKnown() && x.LengthInt() > 0:
				var l []cty.Value
				for _, e := range x.AsValueSlice() {
					l = append(l, normalizeBlocks(n.Block, e))
				}
				if ty.IsListType() {
					x = cty.ListVal(l)
				} else {
					x = cty.SetVal(l)
				}
			}
		case proto.Schema_NestedBlock_SINGLE:
			x = normalizeBlocks(n.Block, x)
		}
		m[n.TypeName] = x
	}
	return cty.ObjectVal(m)
}

// proposedNew merges the configuration with the prior state the way Terraform's core does before it
// asks a provider to plan: what the configuration leaves unset and the provider computes keeps its
// prior value.
func proposedNew(b *proto.Schema_Block, prior, cfg cty.Value) cty.Value {
	if cfg.IsNull() || !cfg.IsKnown() {
		return cfg
	}
	m := cfg.AsValueMap()
	if prior.IsNull() || !prior.IsKnown() {
		return cfg
	}
	pm := prior.AsValueMap()
	for _, a := range b.Attributes {
		if a.Computed && m[a.Name].IsNull() {
			m[a.Name] = pm[a.Name]
		}
	}
	for _, n := range b.BlockTypes {
		c, p := m[n.TypeName], pm[n.TypeName]
		if c.IsNull() || !c.IsKnown() || p.IsNull() || !p.IsKnown() {
			continue
		}
		switch n.Nesting {
		case proto.Schema_NestedBlock_SINGLE, proto.Schema_NestedBlock_GROUP:
			m[n.TypeName] = proposedNew(n.Block, p, c)
		case proto.Schema_NestedBlock_LIST:
			ps, cs := p.AsValueSlice(), c.AsValueSlice()
			for i := range cs {
				if i < len(ps) {
					cs[i] = proposedNew(n.Block, ps[i], cs[i])
				}
			}
			if len(cs) > 0 {
				m[n.TypeName] = cty.ListVal(cs)
			}
		case proto.Schema_NestedBlock_SET:
			ps, cs := p.AsValueSlice(), c.AsValueSlice()
			used := make([]bool, len(ps))
			for i := range cs {
				for j := range ps {
					if !used[j] && matches(n.Block, ps[j], cs[i]) {
						used[j] = true
						cs[i] = proposedNew(n.Block, ps[j], cs[i])
						break
					}
				}
			}
			if len(cs) > 0 {
				m[n.TypeName] = cty.SetVal(cs)
			}
		case proto.Schema_NestedBlock_MAP:
			pv, cv := p.AsValueMap(), c.AsValueMap()
			for k := range cv {
				if e, ok := pv[k]; ok {
					cv[k] = proposedNew(n.Block, e, cv[k])
				}
			}
			if len(cv) > 0 {
				m[n.TypeName] = cty.MapVal(cv)
			}
		}
	}
	return cty.ObjectVal(m)
}

// matches tells whether a set element of the prior state is the configured one, computed values aside.
func matches(b *proto.Schema_Block, prior, cfg cty.Value) bool {
	if !cfg.IsKnown() {
		return false
	}
	pm, cm := prior.AsValueMap(), cfg.AsValueMap()
	for _, a := range b.Attributes {
		if a.Computed && cm[a.Name].IsNull() {
			continue
		}
		if !same(pm[a.Name], cm[a.Name]) {
			return false
		}
	}
	for _, n := range b.BlockTypes {
		if !same(pm[n.TypeName], cm[n.TypeName]) {
			return false
		}
	}
	return true
}
