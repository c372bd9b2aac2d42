package main

import (
	"sort"

	"github.com/zclconf/go-cty/cty"
)

// unknownKeys lists the object keys in v that the type has no attribute for.
func unknownKeys(v interface{}, ty cty.Type) (errs []*convError) {
	add := func(step interface{}, more []*convError) {
		for _, e := range more {
			errs = append(errs, at(step, e).(*convError))
		}
	}
	switch v := v.(type) {
	case []interface{}:
		for i, e := range v {
			switch {
			case ty.IsObjectType():
				errs = append(errs, unknownKeys(e, ty)...)
			case ty.IsListType(), ty.IsSetType():
				add(i, unknownKeys(e, ty.ElementType()))
			}
		}
	case map[string]interface{}:
		keys := make([]string, 0, len(v))
		for k := range v {
			keys = append(keys, k)
		}
		sort.Strings(keys)
		for _, k := range keys {
			switch {
			case ty.IsObjectType() && ty.HasAttribute(k):
				add(k, unknownKeys(v[k], ty.AttributeType(k)))
			case ty.IsObjectType() && v[k] != nil:
				errs = append(errs, &convError{path: []interface{}{k}, msg: "unknown argument"})
			case ty.IsMapType():
				add(k, unknownKeys(v[k], ty.ElementType()))
			}
		}
	}
	return errs
}
