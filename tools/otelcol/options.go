package main

import (
	"encoding"
	"encoding/json"
	"io"
	"reflect"
	"strings"
	"time"

	"github.com/open-telemetry/opentelemetry-collector-contrib/connector/countconnector"
	"github.com/open-telemetry/opentelemetry-collector-contrib/receiver/hostmetricsreceiver"
	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/confmap"
)

// A shape is what an option may be. One of its fields is set; "text", "whole", "count" (not negative), "number", "flag",
// "duration", "atom" (a text or a number), "pairs" (texts by name, or a list of them) and "any" are written as a string.
type shape struct {
	scalar  string
	List    *shape            `json:"list,omitempty"`
	Map     *shape            `json:"map,omitempty"`
	Options map[string]*shape `json:"options,omitempty"`
	// Others says what further options may be, where there may be any.
	Others *shape `json:"others,omitempty"`
}

func (s *shape) MarshalJSON() ([]byte, error) {
	if s.scalar != "" {
		return json.Marshal(s.scalar)
	}
	type plain shape
	return json.Marshal((*plain)(s))
}

var (
	durationType       = reflect.TypeFor[time.Duration]()
	textUnmarshaler    = reflect.TypeFor[encoding.TextUnmarshaler]()
	confmapUnmarshaler = reflect.TypeFor[confmap.Unmarshaler]()
)

// readsMore holds types that take more than their fields say: texts beside objects, and objects by their type.
var readsMore = map[string]bool{
	"common.ContextStatements":    true,
	"condition.ContextConditions": true,
	"operator.Config":             true,
}

// writeOptions writes what the options of each component may be, as the Go types of their configurations say.
func writeOptions(w io.Writer) error {
	held, err := factories()
	if err != nil {
		return err
	}
	encoder := json.NewEncoder(w)
	return encoder.Encode(map[string]map[string]*shape{
		"receiver":  shapesOf(held.Receivers),
		"processor": shapesOf(held.Processors),
		"exporter":  shapesOf(held.Exporters),
		"connector": shapesOf(held.Connectors),
		"extension": shapesOf(held.Extensions),
	})
}

func shapesOf[F component.Factory](factories map[component.Type]F) map[string]*shape {
	shapes := map[string]*shape{}
	for name, factory := range factories {
		// Former names are listed, too, with the same factory.
		if factory.Type() == name {
			shapes[name.String()] = shapeOf(reflect.TypeOf(factory.CreateDefaultConfig()), nil)
		}
	}
	return shapes
}

func shapeOf(t reflect.Type, within []reflect.Type) *shape {
	for _, outer := range within {
		if outer == t && t.Kind() == reflect.Struct {
			return &shape{scalar: "any"}
		}
	}
	within = append(within, t)
	if t == durationType {
		return &shape{scalar: "duration"}
	}
	if t.Kind() != reflect.Pointer && strings.HasSuffix(t.PkgPath(), "/configoptional") {
		if value, found := t.FieldByName("value"); found {
			s := shapeOf(value.Type, within)
			if s.Options != nil {
				// What may be left out may also be switched off.
				s.Options["enabled"] = &shape{scalar: "flag"}
			}
			return s
		}
	}
	if t.Name() == "MapList" && strings.HasSuffix(t.PkgPath(), "/configopaque") {
		return &shape{scalar: "pairs"}
	}
	// Parts of Prometheus' own configuration, which it reads as YAML.
	if strings.HasPrefix(t.Name(), "Prom") && reads(t) {
		return &shape{scalar: "any"}
	}
	if t.Kind() != reflect.Pointer && reflect.PointerTo(t).Implements(textUnmarshaler) {
		// A size of bytes may be said as a number or as a text.
		if t.Kind() == reflect.String || t.Kind() == reflect.Struct {
			return &shape{scalar: "text"}
		}
		return &shape{scalar: "atom"}
	}
	if readsMore[t.String()] {
		return &shape{scalar: "any"}
	}
	switch t.Kind() {
	case reflect.Pointer:
		return shapeOf(t.Elem(), within)
	case reflect.String:
		return &shape{scalar: "text"}
	case reflect.Bool:
		return &shape{scalar: "flag"}
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return &shape{scalar: "whole"}
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return &shape{scalar: "count"}
	case reflect.Float32, reflect.Float64:
		return &shape{scalar: "number"}
	case reflect.Slice, reflect.Array:
		return &shape{List: shapeOf(t.Elem(), within)}
	case reflect.Map:
		return &shape{Map: shapeOf(t.Elem(), within)}
	case reflect.Struct:
		s := &shape{Options: map[string]*shape{}}
		addFields(s, t, within)
		if t == reflect.TypeFor[countconnector.Config]() {
			// It says itself that it leaves out what it does not know.
			s.Others = &shape{scalar: "any"}
		}
		if t == reflect.TypeFor[hostmetricsreceiver.Config]() {
			s.Options["scrapers"] = scraperShapes(within)
		}
		return s
	default:
		return &shape{scalar: "any"}
	}
}

// scraperShapes asks the receiver host_metrics for the configurations of its scrapers, which it keeps to itself.
func scraperShapes(within []reflect.Type) *shape {
	scrapers := &shape{Options: map[string]*shape{}}
	for _, name := range []string{"cpu", "disk", "filesystem", "load", "memory", "network", "nfs", "paging", "process", "processes", "system"} {
		config := hostmetricsreceiver.NewFactory().CreateDefaultConfig().(*hostmetricsreceiver.Config)
		if config.Unmarshal(confmap.NewFromStringMap(map[string]any{"scrapers": map[string]any{name: map[string]any{}}})) != nil {
			continue
		}
		for _, scraper := range config.Scrapers {
			scrapers.Options[name] = shapeOf(reflect.TypeOf(scraper), within)
		}
	}
	return scrapers
}

func addFields(s *shape, t reflect.Type, within []reflect.Type) {
	for i := range t.NumField() {
		field := t.Field(i)
		name, options, _ := strings.Cut(field.Tag.Get("mapstructure"), ",")
		switch {
		case name == "-" || (!field.IsExported() && !field.Anonymous):
		case strings.Contains(options, "squash"):
			inner := field.Type
			if inner.Kind() == reflect.Pointer {
				inner = inner.Elem()
			}
			addFields(s, inner, within)
		case strings.Contains(options, "remain"):
			s.Others = shapeOf(field.Type, within).Map
		case name == "":
			if field.IsExported() {
				s.Options[field.Name] = shapeOf(field.Type, within)
			}
		default:
			s.Options[name] = shapeOf(field.Type, within)
		}
	}
}

func reads(t reflect.Type) bool {
	return reflect.PointerTo(t).Implements(confmapUnmarshaler)
}
