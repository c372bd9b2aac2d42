package main

import (
	"github.com/zclconf/go-cty/cty"
)

// same is equality in which null and the empty collection are one.
func same(a, b cty.Value) bool {
	if !a.IsKnown() || !b.IsKnown() {
		return false
	}
	if empty(a) && empty(b) {
		return true
	}
	if a.IsNull() != b.IsNull() {
		return false
	}
	if a.IsNull() {
		return true
	}
	ty := a.Type()
	switch {
	case ty.IsPrimitiveType():
		return a.RawEquals(b)
	case ty.IsListType():
		as, bs := a.AsValueSlice(), b.AsValueSlice()
		if len(as) != len(bs) {
			return false
		}
		for i := range as {
			if !same(as[i], bs[i]) {
				return false
			}
		}
		return true
	case ty.IsSetType():
		as, bs := a.AsValueSlice(), b.AsValueSlice()
		if len(as) != len(bs) {
			return false
		}
		used := make([]bool, len(bs))
	next:
		for _, x := range as {
			for j, y := range bs {
				if !used[j] && same(x, y) {
					used[j] = true
					continue next
				}
			}
			return false
		}
		return true
	case ty.IsMapType(), ty.IsObjectType():
		am, bm := a.AsValueMap(), b.AsValueMap()
		if len(am) != len(bm) {
			return false
		}
		for k, x := range am {
			y, ok := bm[k]
			if !ok || !same(x, y) {
				return false
			}
		}
		return true
	}
	return a.RawEquals(b)
}

func empty(v cty.Value) bool {
	if v.IsNull() {
		return true
	}
	ty := v.Type()
	return (ty.IsListType() || ty.IsSetType() || ty.IsMapType()) && v.LengthInt() == 0
}
