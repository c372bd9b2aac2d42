package main

import (
	"context"
	"encoding/json"
	"strconv"

	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim/tfplugin5/proto"
)

// upgrade brings a state of an older schema version up to date.
func (p *tfProvider) upgrade(ctx context.Context, s *state) (*state, error) {
	if s == nil {
		return nil, nil
	}
	vs, ok := s.meta["schema_version"].(string)
	if !ok {
		return s, nil
	}
	have, err := strconv.ParseInt(vs, 10, 64)
	if err != nil || have == s.t.version {
		return s, nil
	}
	raw, err := json.Marshal(toGo(s.val))
	if err != nil {
		return nil, err
	}
	cl, err := p.proc.Client()
	if err != nil {
		return nil, err
	}
	r, err := cl.UpgradeResourceState(ctx, &proto.UpgradeResourceState_Request{
		TypeName: s.t.name, Version: have, RawState: &proto.RawState{Json: raw},
	})
	if err != nil {
		return nil, err
	}
	if err := failure(r.Diagnostics); err != nil {
		return nil, err
	}
	v, err := decode(r.UpgradedState, s.t.ty)
	if err != nil {
		return nil, err
	}
	meta := map[string]interface{}{}
	for k, x := range s.meta {
		meta[k] = x
	}
	meta["schema_version"] = strconv.FormatInt(s.t.version, 10)
	return &state{t: s.t, val: v, meta: meta}, nil
}
