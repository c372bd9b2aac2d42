package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"

	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	awsconfig "github.com/aws/aws-sdk-go-v2/config"
	"github.com/google/uuid"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
)

// apiNames are @pulumi/aws's names that differ from the API's.
var apiNames = map[string]string{
	"allowedAudiences": "allowedAudience", "customJwtAuthorizer": "customJWTAuthorizer", "entryPoints": "entryPoint",
	"lifecycleConfigurations": "lifecycleConfiguration", "requestHeaderAllowlists": "requestHeaderAllowlist",
}

// body converts properties to the API's JSON.
func body(in resource.PropertyMap, leave ...string) (map[string]interface{}, error) {
	m, err := plugin.MarshalProperties(in, plugin.MarshalOptions{SkipNulls: true})
	if err != nil {
		return nil, err
	}
	out := rename(m.AsMap()).(map[string]interface{})
	for _, k := range leave {
		delete(out, k)
	}
	out["clientToken"] = uuid.NewString()
	return out, nil
}

func rename(v interface{}) interface{} {
	switch v := v.(type) {
	case map[string]interface{}:
		out := map[string]interface{}{}
		for k, e := range v {
			if k == "environmentVariables" || k == "tags" {
				out[k] = e
				continue
			}
			e = rename(e)
			if l, ok := e.([]interface{}); ok && k == "lifecycleConfigurations" && len(l) > 0 {
				e = l[0]
			}
			if n, ok := apiNames[k]; ok {
				k = n
			}
			out[k] = e
		}
		return out
	case []interface{}:
		for i := range v {
			v[i] = rename(v[i])
		}
	}
	return v
}

func (a agentcore) path(in resource.PropertyMap, id string) string {
	if !a.endpoint {
		if id == "" {
			return "/runtimes/"
		}
		return "/runtimes/" + url.PathEscape(id) + "/"
	}
	rt, name, _ := strings.Cut(id, ",")
	if id == "" {
		rt = in["agentRuntimeId"].StringValue()
		return "/runtimes/" + url.PathEscape(rt) + "/runtime-endpoints/"
	}
	return "/runtimes/" + url.PathEscape(rt) + "/runtime-endpoints/" + url.PathEscape(name) + "/"
}

// wait polls until the runtime or endpoint is ready.
func (a agentcore) wait(ctx context.Context, id string, in resource.PropertyMap) (resource.PropertyMap, error) {
	for end := time.Now().Add(15 * time.Minute); ; {
		res, err := a.call(ctx, "GET", a.path(in, id), nil)
		if err != nil {
			return nil, err
		}
		s := fmt.Sprint(res["status"])
		switch {
		case strings.HasSuffix(s, "_FAILED"):
			return nil, fmt.Errorf("%s is %s: %v", id, s, res["failureReason"])
		case s == "READY":
			return a.outputs(ctx, in, res)
		case time.Now().After(end):
			return nil, fmt.Errorf("%s is still %s after 15 minutes", id, s)
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(2 * time.Second):
		}
	}
}

// call makes one signed call; AWS_ENDPOINT_URL and its service form are honoured.
func (a agentcore) call(ctx context.Context, method, path string, in map[string]interface{}) (map[string]interface{}, error) {
	region, err := a.p.region(ctx)
	if err != nil {
		return nil, err
	}
	cfg, err := awsconfig.LoadDefaultConfig(ctx, awsconfig.WithRegion(region))
	if err != nil {
		return nil, err
	}
	cred, err := cfg.Credentials.Retrieve(ctx)
	if err != nil {
		return nil, err
	}
	base := "https://bedrock-agentcore-control." + region + ".amazonaws.com"
	for _, v := range []string{"AWS_ENDPOINT_URL_BEDROCK_AGENTCORE_CONTROL", "AWS_ENDPOINT_URL"} {
		if s := os.Getenv(v); s != "" {
			base = strings.TrimRight(s, "/")
			break
		}
	}
	var b []byte
	if in != nil {
		if b, err = json.Marshal(in); err != nil {
			return nil, err
		}
	}
	req, err := http.NewRequestWithContext(ctx, method, base+path, bytes.NewReader(b))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/json")
	sum := sha256.Sum256(b)
	if err := v4.NewSigner().SignHTTP(ctx, cred, req, hex.EncodeToString(sum[:]), "bedrock-agentcore", region, time.Now()); err != nil {
		return nil, err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, err
	}
	out := map[string]interface{}{}
	_ = json.Unmarshal(raw, &out)
	if resp.StatusCode >= 300 {
		kind, _, _ := strings.Cut(resp.Header.Get("X-Amzn-Errortype"), ":")
		if kind == "" {
			kind = fmt.Sprint(out["__type"])
		}
		if resp.StatusCode == 404 && !strings.Contains(kind, "ResourceNotFound") {
			kind = "ResourceNotFoundException"
		}
		msg := out["message"]
		if msg == nil {
			msg = strings.TrimSpace(string(raw))
		}
		return nil, fmt.Errorf("bedrock-agentcore-control %s %s: %d %s: %v", method, path, resp.StatusCode, kind, msg)
	}
	return out, nil
}
