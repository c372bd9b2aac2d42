package main

import (
	"encoding/json"
	"reflect"
	"sort"
	"testing"

	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim/tfplugin5/proto"
	"github.com/zclconf/go-cty/cty"
)

func attribute(t *testing.T, name string, ty cty.Type, computed bool) *proto.Schema_Attribute {
	t.Helper()
	encoded, err := json.Marshal(ty)
	if err != nil {
		t.Fatal(err)
	}
	return &proto.Schema_Attribute{Name: name, Type: encoded, Optional: true, Computed: computed}
}

// functionSchema has what planning has to deal with: plain and computed attributes, a list of blocks and a set.
func functionSchema(t *testing.T) *tfType {
	t.Helper()
	inner := &proto.Schema_Block{Attributes: []*proto.Schema_Attribute{
		attribute(t, "key", cty.String, false), attribute(t, "size", cty.Number, true),
	}}
	block := &proto.Schema_Block{
		Attributes: []*proto.Schema_Attribute{
			attribute(t, "memory", cty.Number, false), attribute(t, "arn", cty.String, true),
			attribute(t, "tags", cty.Map(cty.String), false),
		},
		BlockTypes: []*proto.Schema_NestedBlock{
			{TypeName: "layer", Block: inner, Nesting: proto.Schema_NestedBlock_LIST},
			{TypeName: "mount", Block: inner, Nesting: proto.Schema_NestedBlock_SET},
		},
	}
	ty, err := newTFType(nil, "function", &proto.Schema{Block: block})
	if err != nil {
		t.Fatal(err)
	}
	return ty
}

func (ty *tfType) value(t *testing.T, given map[string]interface{}) cty.Value {
	t.Helper()
	value, err := toCty(given, ty.ty)
	if err != nil {
		t.Fatal(err)
	}
	return normalizeBlocks(ty.block, value)
}

type object = map[string]interface{}

type list = []interface{}

func TestAbsentBlocksAreEmptyAndAbsentAttributesNull(t *testing.T) {
	value := functionSchema(t).value(t, object{})
	if layers := value.GetAttr("layer"); layers.IsNull() || layers.LengthInt() != 0 {
		t.Errorf("layer is %#v, want an empty list", layers)
	}
	if !value.GetAttr("tags").IsNull() {
		t.Errorf("tags is %#v, want null", value.GetAttr("tags"))
	}
}

func TestProposedStateKeepsWhatTheProviderComputed(t *testing.T) {
	ty := functionSchema(t)
	prior := ty.value(t, object{
		"memory": 128, "arn": "arn:1", "tags": object{"a": "1"},
		"layer": list{object{"key": "x", "size": 7}},
		"mount": list{object{"key": "p", "size": 1}, object{"key": "q", "size": 2}},
	})
	config := ty.value(t, object{
		"memory": 256,
		"layer":  list{object{"key": "x"}, object{"key": "y"}},
		"mount":  list{object{"key": "q"}, object{"key": "r"}},
	})
	got := proposedNew(ty.block, prior, config)
	want := ty.value(t, object{
		"memory": 256, "arn": "arn:1",
		"layer": list{object{"key": "x", "size": 7}, object{"key": "y"}},
		"mount": list{object{"key": "q", "size": 2}, object{"key": "r"}},
	})
	if !got.RawEquals(want) {
		t.Errorf("got %#v\nwant %#v", got, want)
	}
}

func TestIgnoredChangesKeepTheirPriorValue(t *testing.T) {
	ty := functionSchema(t)
	prior := ty.value(t, object{"memory": 128, "tags": object{"a": "1", "b": "1"}, "layer": list{object{"key": "x"}}})
	config := ty.value(t, object{"memory": 256, "tags": object{"a": "2", "c": "2"}, "layer": list{object{"key": "y"}}})
	tests := []struct {
		path string
		want object
	}{
		{"memory", object{"memory": 128, "tags": object{"a": "2", "c": "2"}, "layer": list{object{"key": "y"}}}},
		{"tags.a", object{"memory": 256, "tags": object{"a": "1", "c": "2"}, "layer": list{object{"key": "y"}}}},
		{"tags.c", object{"memory": 256, "tags": object{"a": "2"}, "layer": list{object{"key": "y"}}}},
		{"layer.0.key", object{"memory": 256, "tags": object{"a": "2", "c": "2"}, "layer": list{object{"key": "x"}}}},
		{"layer.9.key", object{"memory": 256, "tags": object{"a": "2", "c": "2"}, "layer": list{object{"key": "y"}}}},
	}
	for _, test := range tests {
		t.Run(test.path, func(t *testing.T) {
			got := ignoreChanges(config, prior, map[string]struct{}{test.path: {}})
			if want := ty.value(t, test.want); !got.RawEquals(want) {
				t.Errorf("got %#v\nwant %#v", got, want)
			}
		})
	}
}

func TestNullAndEmptyAreTheSameAndOrderOfASetDoesNotMatter(t *testing.T) {
	ports := func(numbers ...int64) cty.Value {
		var values []cty.Value
		for _, number := range numbers {
			values = append(values, cty.NumberIntVal(number))
		}
		return cty.ListVal(values)
	}
	tests := []struct {
		name string
		a, b cty.Value
		want bool
	}{
		{"null and empty", cty.NullVal(cty.Map(cty.String)), cty.MapValEmpty(cty.String), true},
		{"null and empty text", cty.NullVal(cty.String), cty.StringVal(""), false},
		{"unknown and itself", cty.UnknownVal(cty.String), cty.UnknownVal(cty.String), false},
		{"lists in another order", ports(1, 2), ports(2, 1), false},
		{"sets in another order", cty.SetVal(ports(1, 2).AsValueSlice()), cty.SetVal(ports(2, 1).AsValueSlice()), true},
		{"sets of other sizes", cty.SetVal(ports(1, 2).AsValueSlice()), cty.SetVal(ports(1).AsValueSlice()), false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := same(test.a, test.b); got != test.want {
				t.Errorf("got %t, want %t", got, test.want)
			}
		})
	}
}

func changes(t *testing.T, prior, planned object, replace ...string) *instanceDiff {
	t.Helper()
	ty := functionSchema(t)
	diff := &instanceDiff{t: ty, planned: ty.value(t, planned)}
	var paths []*proto.AttributePath
	for _, name := range replace {
		step := &proto.AttributePath_Step{Selector: &proto.AttributePath_Step_AttributeName{AttributeName: name}}
		paths = append(paths, &proto.AttributePath{Steps: []*proto.AttributePath_Step{step}})
	}
	before := cty.NullVal(ty.ty)
	if prior != nil {
		before = ty.value(t, prior)
	}
	diff.computeDiff(before, paths)
	return diff
}

func (d *instanceDiff) paths() []string {
	var paths []string
	for path := range d.attrs {
		paths = append(paths, path)
	}
	sort.Strings(paths)
	return paths
}

func TestDiffNamesWhatChanged(t *testing.T) {
	prior := object{"memory": 128, "tags": object{"a": "1"}, "layer": list{object{"key": "x"}}}
	planned := object{"memory": 256, "tags": object{"a": "1", "b": "2"}, "layer": list{object{"key": "x"}}}
	diff := changes(t, prior, planned)
	if want := []string{"memory", "tags.%", "tags.b"}; !reflect.DeepEqual(diff.paths(), want) {
		t.Errorf("got %q, want %q", diff.paths(), want)
	}
	if a := diff.Attribute("memory"); a.Old != "128" || a.New != "256" || a.RequiresNew || diff.RequiresNew() {
		t.Errorf("memory is %+v, replace %t", a, diff.RequiresNew())
	}
}

func TestDiffOfEqualValuesIsEmpty(t *testing.T) {
	if diff := changes(t, object{"memory": 128}, object{"memory": 128, "tags": object{}}); !diff.HasNoChanges() {
		t.Errorf("got %q", diff.paths())
	}
}

func TestDiffReplacesWhereTheProviderSaysSo(t *testing.T) {
	if diff := changes(t, object{"memory": 128}, object{"memory": 256}, "memory"); !diff.RequiresNew() || !diff.changed["memory"] {
		t.Error("a change of memory is to replace the resource")
	}
	if diff := changes(t, object{"memory": 128}, object{"memory": 128, "tags": object{"a": "1"}}, "memory"); diff.RequiresNew() {
		t.Error("a change of tags is not to replace the resource")
	}
	if diff := changes(t, nil, object{"memory": 128}, "memory"); diff.RequiresNew() {
		t.Error("nothing is to be replaced where nothing was")
	}
}
