package main

import (
	"context"
	"fmt"
	"sort"
	"strings"

	"github.com/pulumi/pulumi/pkg/v3/resource/provider"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/protobuf/types/known/emptypb"
	"google.golang.org/protobuf/types/known/structpb"
)

// server wraps the bridge's provider with what @pulumi/aws 7 has on top of Terraform's provider 5: the
// `region` property of every resource and function, clear errors for types that are not served, and the
// hand-written types.
type server struct {
	pulumirpc.ResourceProviderServer
	p         *tfProvider
	resources map[string]string // Pulumi token -> Terraform type
	functions map[string]string
	native    map[string]native // hand-written types by token
}

// native is a hand-written resource type.
type native interface {
	Outputs() []string
	Check(ctx context.Context, urn resource.URN, olds, news resource.PropertyMap, seed []byte) (resource.PropertyMap, []*pulumirpc.CheckFailure, error)
	Diff(olds, news resource.PropertyMap) (changed []string, replace []string)
	Create(ctx context.Context, in resource.PropertyMap) (id string, out resource.PropertyMap, err error)
	Read(ctx context.Context, id string, in, state resource.PropertyMap) (newID string, inputs, out resource.PropertyMap, err error)
	Update(ctx context.Context, id string, olds, in resource.PropertyMap) (out resource.PropertyMap, err error)
	Delete(ctx context.Context, id string, state resource.PropertyMap) error
}

func newServer(inner pulumirpc.ResourceProviderServer, p *tfProvider, host *provider.HostClient) pulumirpc.ResourceProviderServer {
	s := &server{ResourceProviderServer: inner, p: p, resources: map[string]string{}, functions: map[string]string{}}
	for tf, spec := range resourceTypes {
		s.resources[string(resourceToken(spec))] = tf
	}
	for tf, spec := range functionTypes {
		s.functions[string(functionToken(spec))] = tf
	}
	s.native = nativeTypes(p)
	return s
}

func (s *server) notServed(kind, tok string, have map[string]string) error {
	mod := tok
	if i := strings.LastIndex(tok, "/"); i > 0 {
		mod = tok[:i+1]
	}
	var near []string
	for t := range have {
		if strings.HasPrefix(t, mod) {
			near = append(near, t[strings.LastIndex(t, ":")+1:])
		}
	}
	sort.Strings(near)
	msg := fmt.Sprintf("%s %s is not served by this pulumi-resource-aws, which maps %d of them", kind, tok, len(have))
	if len(near) > 0 {
		msg += fmt.Sprintf(" (in its module: %s)", strings.Join(near, ", "))
	}
	return fmt.Errorf("%s", msg)
}

func typeOf(urn string) string { return string(resource.URN(urn).Type()) }

func unmarshal(m *structpb.Struct) (resource.PropertyMap, error) {
	return plugin.UnmarshalProperties(m, plugin.MarshalOptions{KeepUnknowns: true, KeepSecrets: true, SkipNulls: true, KeepOutputValues: true})
}

func marshal(m resource.PropertyMap) (*structpb.Struct, error) {
	return plugin.MarshalProperties(m, plugin.MarshalOptions{KeepUnknowns: true, KeepSecrets: true})
}

func (s *server) Check(ctx context.Context, req *pulumirpc.CheckRequest) (*pulumirpc.CheckResponse, error) {
	tok := typeOf(req.Urn)
	if _, ok := s.resources[tok]; !ok && s.native[tok] == nil {
		return nil, s.notServed("resource type", tok, s.resources)
	}
	problem, err := s.takeRegion(ctx, req.News)
	if err != nil {
		return nil, err
	}
	if problem != "" {
		return &pulumirpc.CheckResponse{Inputs: req.News, Failures: []*pulumirpc.CheckFailure{{Property: "region", Reason: problem}}}, nil
	}
	if n := s.native[tok]; n != nil {
		return s.nativeCheck(ctx, n, req)
	}
	leaveOutNewer(req.Urn, req.News)
	return s.ResourceProviderServer.Check(ctx, req)
}

// Diff is the bridge's, plus at least one property to show for every change.
func (s *server) Diff(ctx context.Context, req *pulumirpc.DiffRequest) (*pulumirpc.DiffResponse, error) {
	if n := s.native[typeOf(req.Urn)]; n != nil {
		return s.nativeDiff(n, req)
	}
	if _, ok := s.resources[typeOf(req.Urn)]; !ok {
		return nil, s.notServed("resource type", typeOf(req.Urn), s.resources)
	}
	rep := &diffReport{}
	resp, err := s.ResourceProviderServer.Diff(context.WithValue(ctx, diffReportKey{}, rep), req)
	if err != nil || rep.d == nil || resp.Changes != pulumirpc.DiffResponse_DIFF_SOME {
		return resp, err
	}
	if resp.DetailedDiff == nil {
		resp.DetailedDiff = map[string]*pulumirpc.PropertyDiff{}
	}
	shown := map[string]bool{}
	for k := range resp.DetailedDiff {
		if i := strings.IndexAny(k, ".["); i > 0 {
			k = k[:i]
		}
		shown[k] = true
	}
	for attr, replace := range rep.d.changed {
		name := s.p.pulumiName(rep.d.t.name, attr)
		sch := rep.d.t.schema.Get(attr)
		if shown[name] || sch == nil || (!replace && !sch.Optional() && !sch.Required() && len(shown) > 0) {
			continue
		}
		kind := pulumirpc.PropertyDiff_UPDATE
		if replace {
			kind = pulumirpc.PropertyDiff_UPDATE_REPLACE
			resp.Replaces = append(resp.Replaces, name)
		} else if (sch.Computed() && !rep.d.planned.GetAttr(attr).IsKnown()) && len(rep.d.changed) > 1 {
			continue // an output that follows from the other changes
		}
		resp.DetailedDiff[name] = &pulumirpc.PropertyDiff{Kind: kind}
		resp.Diffs = append(resp.Diffs, name)
	}
	if len(resp.Replaces) > 1 { // "__meta" only stands in for a property that wasn't found
		var l []string
		for _, r := range resp.Replaces {
			if r != "__meta" {
				l = append(l, r)
			}
		}
		resp.Replaces = l
	}
	return resp, nil
}

// Cancel stops what the Terraform provider is waiting for or retrying.
func (s *server) Cancel(ctx context.Context, _ *emptypb.Empty) (*emptypb.Empty, error) {
	return &emptypb.Empty{}, s.p.Stop(ctx)
}

func (s *server) Create(ctx context.Context, req *pulumirpc.CreateRequest) (*pulumirpc.CreateResponse, error) {
	if n := s.native[typeOf(req.Urn)]; n != nil {
		return s.nativeCreate(ctx, n, req)
	}
	return s.ResourceProviderServer.Create(ctx, req)
}

func (s *server) Read(ctx context.Context, req *pulumirpc.ReadRequest) (*pulumirpc.ReadResponse, error) {
	tok := typeOf(req.Urn)
	if n := s.native[tok]; n != nil {
		return s.nativeRead(ctx, n, req)
	}
	if _, ok := s.resources[tok]; !ok {
		return nil, s.notServed("resource type", tok, s.resources)
	}
	resp, err := s.ResourceProviderServer.Read(ctx, req)
	if resp != nil && resp.Inputs != nil {
		delete(resp.Inputs.Fields, "region")
	}
	return resp, err
}

func (s *server) Update(ctx context.Context, req *pulumirpc.UpdateRequest) (*pulumirpc.UpdateResponse, error) {
	if n := s.native[typeOf(req.Urn)]; n != nil {
		return s.nativeUpdate(ctx, n, req)
	}
	return s.ResourceProviderServer.Update(ctx, req)
}

func (s *server) Delete(ctx context.Context, req *pulumirpc.DeleteRequest) (*emptypb.Empty, error) {
	if n := s.native[typeOf(req.Urn)]; n != nil {
		return s.nativeDelete(ctx, n, req)
	}
	return s.ResourceProviderServer.Delete(ctx, req)
}
