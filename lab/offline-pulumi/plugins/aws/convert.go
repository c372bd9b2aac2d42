package main

import (
	"fmt"

	shim "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim"
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim/tfplugin5"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
)

const unknownValue = tfplugin5.UnknownVariableValue

// convError is a value that does not fit the Terraform type at a path.
type convError struct {
	path []interface{} // attribute names and indexes
	msg  string
}

func (e *convError) Error() string {
	s := ""
	for _, p := range e.path {
		switch p := p.(type) {
		case string:
			if s != "" {
				s += "."
			}
			s += p
		default:
			s += fmt.Sprintf("[%v]", p)
		}
	}
	return s + ": " + e.msg
}

func at(step interface{}, err error) error {
	if ce, ok := err.(*convError); ok {
		return &convError{path: append([]interface{}{step}, ce.path...), msg: ce.msg}
	}
	return err
}

func mismatch(want, got string) error {
	return &convError{msg: fmt.Sprintf("expected %s, got %s", want, got)}
}

func tyName(ty cty.Type) string {
	switch {
	case ty == cty.String:
		return "a string"
	case ty == cty.Bool:
		return "a boolean"
	case ty == cty.Number:
		return "a number"
	case ty.IsListType(), ty.IsSetType():
		return "a list"
	case ty.IsMapType():
		return "a map"
	}
	return "an object"
}

// toCty converts the bridge's plain Go values to the Terraform type. Keys that the type lacks are
// dropped here; unknownKeys reports them.
func toCty(v interface{}, ty cty.Type) (cty.Value, error) {
	switch v := v.(type) {
	case nil:
		return cty.NullVal(ty), nil
	case bool:
		return primitive(cty.BoolVal(v), ty, "a boolean")
	case int:
		return primitive(cty.NumberIntVal(int64(v)), ty, "a number")
	case float64:
		return primitive(cty.NumberFloatVal(v), ty, "a number")
	case string:
		if v == unknownValue {
			return cty.UnknownVal(ty), nil
		}
		return primitive(cty.StringVal(v), ty, "a string")
	case []interface{}:
		if ty.IsObjectType() { // a flattened single object
			switch len(v) {
			case 0:
				return cty.NullVal(ty), nil
			case 1:
				return toCty(v[0], ty)
			}
		}
		if !ty.IsListType() && !ty.IsSetType() {
			return cty.NilVal, mismatch(tyName(ty), "a list")
		}
		var vals []cty.Value
		for i, e := range v {
			ev, err := toCty(e, ty.ElementType())
			if err != nil {
				return cty.NilVal, at(i, err)
			}
			if ev.IsNull() && (ty.IsSetType() || ty.ElementType().IsObjectType()) {
				continue
			}
			vals = append(vals, ev)
		}
		switch {
		case len(vals) == 0 && ty.IsListType():
			return cty.ListValEmpty(ty.ElementType()), nil
		case len(vals) == 0:
			return cty.SetValEmpty(ty.ElementType()), nil
		case ty.IsListType():
			return cty.ListVal(vals), nil
		}
		for _, e := range vals {
			if !e.IsKnown() {
				return cty.UnknownVal(ty), nil
			}
		}
		return cty.SetVal(vals), nil
	case map[string]interface{}:
		switch {
		case ty.IsMapType():
			m := map[string]cty.Value{}
			for k, e := range v {
				ev, err := toCty(e, ty.ElementType())
				if err != nil {
					return cty.NilVal, at(k, err)
				}
				if !ev.IsNull() {
					m[k] = ev
				}
			}
			if len(m) == 0 {
				return cty.MapValEmpty(ty.ElementType()), nil
			}
			return cty.MapVal(m), nil
		case ty.IsObjectType():
			m := map[string]cty.Value{}
			for k, at := range ty.AttributeTypes() {
				m[k] = cty.NullVal(at)
			}
			for k, e := range v {
				if !ty.HasAttribute(k) {
					continue
				}
				ev, err := toCty(e, ty.AttributeType(k))
				if err != nil {
					return cty.NilVal, at(k, err)
				}
				m[k] = ev
			}
			return cty.ObjectVal(m), nil
		}
		return cty.NilVal, mismatch(tyName(ty), "an object")
	}
	return cty.NilVal, mismatch(tyName(ty), fmt.Sprintf("a %T", v))
}

func primitive(v cty.Value, ty cty.Type, got string) (cty.Value, error) {
	if ty == cty.DynamicPseudoType {
		return v, nil
	}
	if !ty.IsPrimitiveType() {
		return cty.NilVal, mismatch(tyName(ty), got)
	}
	r, err := convert.Convert(v, ty)
	if err != nil {
		return cty.NilVal, mismatch(tyName(ty), got)
	}
	return r, nil
}

// config is a shim.ResourceConfig.
type config map[string]interface{}

func (c config) IsSet(k string) bool { _, ok := c[k]; return ok }

var _ shim.ResourceConfig = config{}
