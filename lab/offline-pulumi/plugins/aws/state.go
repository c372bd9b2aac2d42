package main

import (
	"encoding/base64"
	"encoding/json"

	shim "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim"
	"github.com/zclconf/go-cty/cty"
)

// state is a shim.InstanceState. meta is the provider's private data, a JSON object.
type state struct {
	t    *tfType
	val  cty.Value
	meta map[string]interface{}
}

func (s *state) Type() string { return s.t.name }
func (s *state) ID() string {
	if s.val.IsNull() || !s.t.ty.HasAttribute("id") {
		return ""
	}
	if id := s.val.GetAttr("id"); id.Type() == cty.String && id.IsKnown() && !id.IsNull() {
		return id.AsString()
	}
	return ""
}

func (s *state) Object(shim.SchemaMap) (map[string]interface{}, error) {
	if s.val.IsNull() {
		return nil, nil
	}
	m := toGo(s.val).(map[string]interface{})
	delete(m, "timeouts")
	return m, nil
}
func (s *state) Meta() map[string]interface{} { return s.meta }

func parseMeta(private []byte) map[string]interface{} {
	if len(private) == 0 {
		return nil
	}
	var m map[string]interface{}
	if json.Unmarshal(private, &m) == nil {
		return m
	}
	return map[string]interface{}{"private": base64.StdEncoding.EncodeToString(private)}
}

func (s *state) private() []byte {
	if s == nil || len(s.meta) == 0 {
		return nil
	}
	if b, ok := s.meta["private"].(string); ok && len(s.meta) == 1 {
		if raw, err := base64.StdEncoding.DecodeString(b); err == nil {
			return raw
		}
	}
	b, _ := json.Marshal(s.meta)
	return b
}

func toState(s shim.InstanceState) *state {
	if st, ok := s.(*state); ok {
		return st
	}
	return nil
}
