package main

import (
	"reflect"
	"testing"

	"github.com/zclconf/go-cty/cty"
)

var serviceType = cty.Object(map[string]cty.Type{
	"name":   cty.String,
	"count":  cty.Number,
	"public": cty.Bool,
	"tags":   cty.Map(cty.String),
	"ports":  cty.Set(cty.Number),
	"rules":  cty.List(cty.Object(map[string]cty.Type{"path": cty.String})),
})

func TestValuesSurviveTheWayToTerraformAndBack(t *testing.T) {
	given := map[string]interface{}{
		"name":   "api",
		"count":  float64(2),
		"public": true,
		"tags":   map[string]interface{}{"team": "web"},
		"ports":  []interface{}{float64(80), float64(443)},
		"rules":  []interface{}{map[string]interface{}{"path": "/a"}},
	}
	value, err := toCty(given, serviceType)
	if err != nil {
		t.Fatal(err)
	}
	if got := toGo(value); !reflect.DeepEqual(got, given) {
		t.Errorf("got %v, want %v", got, given)
	}
	message, err := encode(value, serviceType)
	if err != nil {
		t.Fatal(err)
	}
	decoded, err := decode(message, serviceType)
	if err != nil || !decoded.RawEquals(value) {
		t.Errorf("decoded %v (%v), want %v", decoded, err, value)
	}
}

func TestValuesThatDoNotFitNameTheirPath(t *testing.T) {
	tests := []struct {
		name  string
		given map[string]interface{}
		want  string
	}{
		{"a list for a string", map[string]interface{}{"name": []interface{}{"a"}}, "name: expected a string, got a list"},
		{"text for a number", map[string]interface{}{"count": "many"}, "count: expected a number, got a string"},
		{"a string for an object", map[string]interface{}{"rules": []interface{}{"x"}}, "rules[0]: expected an object, got a string"},
		{"a map for a list", map[string]interface{}{"ports": map[string]interface{}{}}, "ports: expected a list, got an object"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := toCty(test.given, serviceType)
			if err == nil || err.Error() != test.want {
				t.Errorf("got %v, want %s", err, test.want)
			}
		})
	}
}

func TestWhatIsNotGivenIsNull(t *testing.T) {
	value, err := toCty(map[string]interface{}{"name": "api"}, serviceType)
	if err != nil || !value.GetAttr("tags").IsNull() || value.GetAttr("name").AsString() != "api" {
		t.Errorf("got %#v (%v)", value, err)
	}
}

func TestUnknownValuesStayUnknown(t *testing.T) {
	value, err := toCty(map[string]interface{}{"name": unknownValue, "ports": []interface{}{unknownValue}}, serviceType)
	if err != nil {
		t.Fatal(err)
	}
	if value.GetAttr("name").IsKnown() || value.GetAttr("ports").IsKnown() {
		t.Errorf("name and ports are to be unknown, got %#v", value)
	}
	if got := toGo(value).(map[string]interface{})["name"]; got != unknownValue {
		t.Errorf("name came back as %v", got)
	}
}

func TestUnknownKeysAreReportedWithTheirPath(t *testing.T) {
	given := map[string]interface{}{
		"nmae":  "api",
		"rules": []interface{}{map[string]interface{}{"pth": "/a"}},
		"tags":  map[string]interface{}{"any": "key"},
	}
	var got []string
	for _, problem := range unknownKeys(given, serviceType) {
		got = append(got, problem.Error())
	}
	want := []string{"nmae: unknown argument", "rules[0].pth: unknown argument"}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
