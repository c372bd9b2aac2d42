package main

import (
	"strconv"
	"strings"

	"github.com/zclconf/go-cty/cty"
)

// ignoreChanges puts the prior value back at each ignored path ("desired_count", "tags.Name",
// "default_action.0.target_group_arn").
func ignoreChanges(cfg, prior cty.Value, paths map[string]struct{}) cty.Value {
	if prior.IsNull() || cfg.IsNull() {
		return cfg
	}
	for p := range paths {
		cfg = restore(cfg, prior, strings.Split(p, "."))
	}
	return cfg
}

func restore(cfg, prior cty.Value, path []string) cty.Value {
	if len(path) == 0 {
		return prior
	}
	if cfg.IsNull() || !cfg.IsKnown() || prior.IsNull() || !prior.IsKnown() {
		return cfg
	}
	k, rest := path[0], path[1:]
	ty := cfg.Type()
	switch {
	case ty.IsObjectType() && ty.HasAttribute(k):
		m := cfg.AsValueMap()
		m[k] = restore(m[k], prior.GetAttr(k), rest)
		return cty.ObjectVal(m)
	case ty.IsMapType():
		m, pm := cfg.AsValueMap(), prior.AsValueMap()
		if m == nil {
			m = map[string]cty.Value{}
		}
		old, ok := pm[k]
		switch {
		case ok:
			m[k] = old
		default:
			delete(m, k)
		}
		if len(m) == 0 {
			return cty.MapValEmpty(ty.ElementType())
		}
		return cty.MapVal(m)
	case ty.IsListType(), ty.IsSetType():
		i, err := strconv.Atoi(k)
		cs, ps := cfg.AsValueSlice(), prior.AsValueSlice()
		if err != nil || i >= len(cs) || i >= len(ps) {
			return cfg
		}
		cs[i] = restore(cs[i], ps[i], rest)
		if ty.IsListType() {
			return cty.ListVal(cs)
		}
		return cty.SetVal(cs)
	}
	return cfg
}
