package main

import (
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim/tfplugin5/proto"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/msgpack"
)

// toGo is toCty's inverse. Objects that are attributes become one-element lists (see typeSchema).
func toGo(v cty.Value) interface{} {
	switch {
	case v.IsNull():
		return nil
	case !v.IsKnown():
		return unknownValue
	}
	ty := v.Type()
	switch {
	case ty == cty.String:
		return v.AsString()
	case ty == cty.Bool:
		return v.True()
	case ty == cty.Number:
		f, _ := v.AsBigFloat().Float64()
		return f
	case ty.IsListType(), ty.IsSetType(), ty.IsTupleType():
		l := []interface{}{}
		for it := v.ElementIterator(); it.Next(); {
			_, e := it.Element()
			l = append(l, toGo(e))
		}
		return l
	case ty.IsMapType(), ty.IsObjectType():
		m := map[string]interface{}{}
		for it := v.ElementIterator(); it.Next(); {
			k, e := it.Element()
			g := toGo(e)
			if _, isMap := g.(map[string]interface{}); isMap && ty.IsObjectType() && e.Type().IsObjectType() {
				g = []interface{}{g}
			}
			m[k.AsString()] = g
		}
		return m
	}
	return nil
}

func encode(v cty.Value, ty cty.Type) (*proto.DynamicValue, error) {
	b, err := msgpack.Marshal(v, ty)
	return &proto.DynamicValue{Msgpack: b}, err
}

func decode(d *proto.DynamicValue, ty cty.Type) (cty.Value, error) {
	if d == nil || len(d.Msgpack) == 0 {
		return cty.NullVal(ty), nil
	}
	return msgpack.Unmarshal(d.Msgpack, ty)
}
