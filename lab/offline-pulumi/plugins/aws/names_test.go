package main

import (
	"reflect"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

func TestTokensOfResourcesAndFunctions(t *testing.T) {
	if got := string(resourceToken("apigatewayv2.Api")); got != "aws:apigatewayv2/api:Api" {
		t.Error(got)
	}
	if got := string(functionToken("ecr.getImage")); got != "aws:ecr/getImage:getImage" {
		t.Error(got)
	}
	if got := string(functionToken("getRegion")); got != "aws:index/getRegion:getRegion" {
		t.Error(got)
	}
}

func TestTablesNameOnlyMappedTypes(t *testing.T) {
	for table, types := range map[string][]string{
		"renamed": mapKeys(renamed), "flat": mapKeys(flat), "documents": mapKeys(documents), "autoNames": mapKeys(autoNames),
	} {
		for _, tf := range types {
			if _, ok := resourceTypes[tf]; !ok {
				t.Errorf("%s names %s, which resourceTypes lacks", table, tf)
			}
		}
	}
}

func mapKeys[V any](m map[string]V) []string {
	var keys []string
	for key := range m {
		keys = append(keys, key)
	}
	return keys
}

func TestDocumentsAreGivenAsTextOrAsObjects(t *testing.T) {
	text := resource.NewStringProperty(`{"a":1}`)
	if got, err := jsonDocument(text); err != nil || !got.DeepEquals(text) {
		t.Errorf("got %v (%v)", got, err)
	}
	object := resource.NewObjectProperty(resource.PropertyMap{"Version": resource.NewStringProperty("2012-10-17")})
	if got, err := jsonDocument(object); err != nil || got.StringValue() != `{"Version":"2012-10-17"}` {
		t.Errorf("got %v (%v)", got, err)
	}
	unknown := resource.NewObjectProperty(resource.PropertyMap{"arn": resource.MakeComputed(resource.NewStringProperty(""))})
	if got, err := jsonDocument(unknown); err != nil || !got.IsComputed() {
		t.Errorf("got %v (%v), want an unknown", got, err)
	}
}

func TestProviderBinaryHasToBeNamed(t *testing.T) {
	t.Setenv("PULUMI_AWS_TF_PROVIDER", "")
	if _, err := providerBinary(); err == nil || !strings.Contains(err.Error(), "PULUMI_AWS_TF_PROVIDER is not set") {
		t.Errorf("got %v", err)
	}
	t.Setenv("PULUMI_AWS_TF_PROVIDER", "/nonexistent")
	if _, err := providerBinary(); err == nil || !strings.Contains(err.Error(), "names /nonexistent, which can't be read") {
		t.Errorf("got %v", err)
	}
}

func TestAgentCoreSpeaksTheNamesOfTheAPI(t *testing.T) {
	got := rename(object{
		"agentRuntimeName":        "agent",
		"environmentVariables":    object{"customJwtAuthorizer": "kept: a variable's name is the user's"},
		"lifecycleConfigurations": list{object{"maxLifetime": 60}},
		"authorizerConfiguration": object{"customJwtAuthorizer": object{"allowedAudiences": list{"a"}}},
	})
	want := object{
		"agentRuntimeName":        "agent",
		"environmentVariables":    object{"customJwtAuthorizer": "kept: a variable's name is the user's"},
		"lifecycleConfiguration":  object{"maxLifetime": 60},
		"authorizerConfiguration": object{"customJWTAuthorizer": object{"allowedAudience": list{"a"}}},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %v\nwant %v", got, want)
	}
}

func TestAgentCorePaths(t *testing.T) {
	in := resource.PropertyMap{"agentRuntimeId": resource.NewStringProperty("r-1")}
	tests := []struct {
		endpoint bool
		id, want string
	}{
		{false, "", "/runtimes/"},
		{false, "r-1", "/runtimes/r-1/"},
		{true, "", "/runtimes/r-1/runtime-endpoints/"},
		{true, "r-1,live", "/runtimes/r-1/runtime-endpoints/live/"},
	}
	for _, test := range tests {
		if got := (agentcore{endpoint: test.endpoint}).path(in, test.id); got != test.want {
			t.Errorf("endpoint %t, id %q: got %s, want %s", test.endpoint, test.id, got, test.want)
		}
	}
}

func TestAgentCoreReplacesOnlyWhatIsFixed(t *testing.T) {
	runtime := func(name, description string) resource.PropertyMap {
		return resource.NewPropertyMapFromMap(object{"agentRuntimeName": name, "description": description})
	}
	if changed, replace := (agentcore{}).Diff(runtime("a", "x"), runtime("a", "y")); len(replace) != 0 || !reflect.DeepEqual(changed, []string{"description"}) {
		t.Errorf("changed %q, replace %q", changed, replace)
	}
	if _, replace := (agentcore{}).Diff(runtime("a", "x"), runtime("b", "x")); !reflect.DeepEqual(replace, []string{"agentRuntimeName"}) {
		t.Errorf("replace %q", replace)
	}
	if changed, _ := (agentcore{}).Diff(runtime("a", "x"), runtime("a", "x")); changed != nil {
		t.Errorf("changed %q", changed)
	}
}
