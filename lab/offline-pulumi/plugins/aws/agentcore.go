package main

import (
	"context"
	"fmt"
	"reflect"
	"strings"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

// Bedrock AgentCore runtimes and their endpoints, which Terraform's provider 5 lacks: plain signed calls
// of the control API. Credentials come from the environment or the shared files.

// agentcore is either of the two types.
type agentcore struct {
	p        *tfProvider
	endpoint bool // an endpoint of a runtime, else the runtime itself
}

func nativeTypes(p *tfProvider) map[string]native {
	return map[string]native{
		"aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime":                 agentcore{p, false},
		"aws:bedrock/agentcoreAgentRuntimeEndpoint:AgentcoreAgentRuntimeEndpoint": agentcore{p, true},
	}
}

func (a agentcore) spec() (required, optional, outputs, fixed []string) {
	if a.endpoint {
		return []string{"agentRuntimeId"}, []string{"agentRuntimeVersion", "description", "name", "tags"},
			[]string{"agentRuntimeArn", "agentRuntimeEndpointArn"}, []string{"agentRuntimeId", "name"}
	}
	return []string{"agentRuntimeArtifact", "agentRuntimeName", "networkConfiguration", "roleArn"},
		[]string{"authorizerConfiguration", "description", "environmentVariables", "lifecycleConfigurations", "protocolConfiguration", "requestHeaderConfiguration", "tags"},
		[]string{"agentRuntimeArn", "agentRuntimeId", "agentRuntimeVersion", "workloadIdentityDetails"}, []string{"agentRuntimeName"}
}

func (a agentcore) Outputs() []string { _, _, o, _ := a.spec(); return o }

func (a agentcore) Check(_ context.Context, urn resource.URN, olds, news resource.PropertyMap, seed []byte) (resource.PropertyMap, []*pulumirpc.CheckFailure, error) {
	required, optional, _, _ := a.spec()
	known := map[string]bool{"timeouts": true, "region": true}
	var fails []*pulumirpc.CheckFailure
	for _, k := range append(append([]string{}, required...), optional...) {
		known[k] = true
	}
	if _, ok := news["name"]; a.endpoint && !ok {
		news["name"] = olds["name"]
		if !olds["name"].IsString() {
			n, err := resource.NewUniqueName(seed, strings.ReplaceAll(urn.Name(), "-", "_")+"_", 7, 48, nil)
			if err != nil {
				return nil, nil, err
			}
			news["name"] = resource.NewStringProperty(n)
		}
	}
	for _, k := range required {
		if v, ok := news[resource.PropertyKey(k)]; !ok || v.IsNull() {
			fails = append(fails, &pulumirpc.CheckFailure{Property: k, Reason: "missing required property " + k})
		}
	}
	for k := range news {
		if !known[string(k)] {
			fails = append(fails, &pulumirpc.CheckFailure{Property: string(k), Reason: "not supported by this plugin: " + string(k)})
		}
	}
	delete(news, "timeouts")
	return news, fails, nil
}

func (a agentcore) Diff(olds, news resource.PropertyMap) (changed, replace []string) {
	_, _, _, fixed := a.spec()
	d := olds.Diff(news)
	if d == nil {
		return nil, nil
	}
	for _, k := range d.ChangedKeys() {
		changed = append(changed, string(k))
		for _, f := range fixed {
			if string(k) == f {
				replace = append(replace, f)
			}
		}
	}
	return changed, replace
}

func (a agentcore) Create(ctx context.Context, in resource.PropertyMap) (string, resource.PropertyMap, error) {
	leave := []string{"region"}
	if a.endpoint {
		leave = append(leave, "agentRuntimeId")
	}
	b, err := body(in, leave...)
	if err != nil {
		return "", nil, err
	}
	res, err := a.create(ctx, a.path(in, ""), b)
	if err != nil {
		return "", nil, err
	}
	id := fmt.Sprint(res["agentRuntimeId"])
	if a.endpoint {
		id = in["agentRuntimeId"].StringValue() + "," + in["name"].StringValue()
	}
	out, err := a.wait(ctx, id, in)
	return id, out, err
}

// create tries again while IAM does not know the role yet, for as long and on the same answers as Terraform's provider, which
// does so here and not in an update: internal/service/bedrockagentcore/agent_runtime.go.
func (a agentcore) create(ctx context.Context, path string, in map[string]interface{}) (map[string]interface{}, error) {
	for end := time.Now().Add(2 * time.Minute); ; {
		res, err := a.call(ctx, "PUT", path, in)
		if err == nil || !roleUnknown(err) || time.Now().After(end) {
			return res, err
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(2 * time.Second):
		}
	}
}

func roleUnknown(err error) bool {
	said := err.Error()
	return strings.Contains(said, "ValidationException") &&
		(strings.Contains(said, "Role validation failed") || strings.Contains(said, "Access denied while validating ECR URI"))
}

func (a agentcore) outputs(ctx context.Context, in resource.PropertyMap, res map[string]interface{}) (resource.PropertyMap, error) {
	out := in.Copy()
	for _, k := range []string{"agentRuntimeArn", "agentRuntimeEndpointArn", "agentRuntimeId", "agentRuntimeVersion"} {
		if v, ok := res[k].(string); ok {
			out[resource.PropertyKey(k)] = resource.NewStringProperty(v)
		}
	}
	if v, ok := res["liveVersion"].(string); ok && a.endpoint {
		out["agentRuntimeVersion"] = resource.NewStringProperty(v)
	}
	if w, ok := res["workloadIdentityDetails"].(map[string]interface{}); ok && !a.endpoint {
		out["workloadIdentityDetails"] = resource.NewPropertyValue([]interface{}{w})
	}
	r, err := a.p.region(ctx)
	if err != nil {
		return nil, err
	}
	out["region"] = resource.NewStringProperty(r)
	if t, ok := in["tags"]; ok {
		out["tagsAll"] = t
	}
	return out, nil
}

func (a agentcore) Read(ctx context.Context, id string, in, _ resource.PropertyMap) (string, resource.PropertyMap, resource.PropertyMap, error) {
	res, err := a.call(ctx, "GET", a.path(in, id), nil)
	if err != nil {
		if strings.Contains(err.Error(), "ResourceNotFound") {
			return "", nil, nil, nil
		}
		return "", nil, nil, err
	}
	inputs := in.Copy()
	for _, k := range []string{"agentRuntimeName", "description", "roleArn", "name"} {
		if v, ok := res[k].(string); ok && v != "" {
			inputs[resource.PropertyKey(k)] = resource.NewStringProperty(v)
		}
	}
	if v, ok := res["environmentVariables"].(map[string]interface{}); ok && len(v) > 0 {
		plain, err := body(resource.PropertyMap{"environmentVariables": in["environmentVariables"]})
		if err == nil && !reflect.DeepEqual(plain["environmentVariables"], v) {
			inputs["environmentVariables"] = resource.NewPropertyValue(v)
		}
	}
	out, err := a.outputs(ctx, inputs, res)
	return id, inputs, out, err
}

func (a agentcore) Update(ctx context.Context, id string, olds, in resource.PropertyMap) (resource.PropertyMap, error) {
	b, err := body(in, "agentRuntimeName", "agentRuntimeId", "name", "tags", "region")
	if err != nil {
		return nil, err
	}
	if _, err := a.call(ctx, "PUT", a.path(in, id), b); err != nil {
		return nil, err
	}
	out, err := a.wait(ctx, id, in)
	if err != nil {
		return nil, err
	}
	return out, a.retag(ctx, out, olds["tags"], in["tags"])
}

func (a agentcore) Delete(ctx context.Context, id string, st resource.PropertyMap) error {
	_, err := a.call(ctx, "DELETE", a.path(st, id), nil)
	for i := 0; err == nil && i < 300; i++ {
		if _, err = a.call(ctx, "GET", a.path(st, id), nil); err == nil {
			time.Sleep(2 * time.Second)
		}
	}
	if err != nil && strings.Contains(err.Error(), "ResourceNotFound") {
		return nil
	}
	return err
}
