import { ApiObject, App, Chart, JsonPatch, Lazy, Testing } from "cdk8s";
import { Construct } from "constructs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Resource, resourceFindings } from "../resource/resource.ts";
import { chartResources } from "./chart-resources.ts";
import { resourceChart } from "./component-chart.ts";

function chartOf(fill: (chart: Chart) => void, namespace?: string): Chart {
  const chart = new Chart(new App(), "shop", namespace === undefined ? {} : { namespace });
  fill(chart);
  return chart;
}

function messagesOf(resources: readonly Resource[]): string[] {
  return resources.flatMap((resource) => resourceFindings(resource).map(({ message }) => message));
}

const collector = {
  apiVersion: "opentelemetry.io/v1beta1",
  kind: "OpenTelemetryCollector",
  metadata: { name: "agent", namespace: "opentelemetry" },
  spec: { config: { receivers: { otlp: { protocols: { grpc: null, http: {} } } }, exporters: {} } },
};

describe("an object of a chart", () => {
  it("keeps null, empty maps and the order of its keys, which cdk8s does not", () => {
    const chart = chartOf((scope) => new ApiObject(scope, "agent", collector));
    const [resource] = chartResources(chart);
    expect(JSON.stringify(resource)).toBe(JSON.stringify(collector));
    expect(JSON.stringify(Testing.synth(chart))).not.toContain("grpc");
  });

  it("says what was added to it later: labels, annotations, finalizers, patches", () => {
    const chart = chartOf((scope) => {
      const object = new ApiObject(scope, "agent", collector);
      object.metadata.addLabel("team", "platform");
      object.metadata.addFinalizers("example.com/kept");
      object.addJsonPatch(JsonPatch.add("/spec/mode", "daemonset"));
    });
    expect(chartResources(chart)).toEqual([
      {
        ...collector,
        metadata: { ...collector.metadata, finalizers: ["example.com/kept"], labels: { team: "platform" } },
        spec: { ...collector.spec, mode: "daemonset" },
      },
    ]);
  });

  it("takes namespace and labels of its chart, and resolves what is lazy", () => {
    const chart = new Chart(new App(), "shop", { namespace: "team-data", labels: { part: "shop" } });
    new ApiObject(chart, "settings", {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "settings" },
      data: Lazy.any({ produce: () => ({ a: Lazy.any({ produce: () => "b" }), left: undefined }) }),
    });
    expect(chartResources(chart)).toEqual([
      {
        apiVersion: "v1",
        kind: "ConfigMap",
        metadata: { name: "settings", namespace: "team-data", labels: { part: "shop" } },
        data: { a: "b" },
      },
    ]);
  });

  it("is resolved by the resolvers of its app", () => {
    const app = new App({
      resolvers: [
        {
          resolve: (context) => {
            if (context.value === "${zone}") context.replaceValue("eu-central-1a");
          },
        },
      ],
    });
    const chart = new Chart(app, "shop");
    new ApiObject(chart, "place", { apiVersion: "v1", kind: "ConfigMap", data: { zone: "${zone}" } });
    expect(chartResources(chart)[0]?.["data"]).toEqual({ zone: "eu-central-1a" });
  });

  it("is translated by its class, and what the translation loses is put back", () => {
    // As `cdk8s import` writes a class: it knows its fields, and takes what is free-form as it is.
    class Collector extends ApiObject {
      public override toJson(): unknown {
        const { spec, ...rest } = super.toJson();
        return { ...rest, spec: { replicas: spec.replicas?.value, config: spec.config } };
      }
    }
    const chart = chartOf(
      (scope) =>
        new Collector(scope, "agent", {
          ...collector,
          spec: { config: collector.spec.config, replicas: { value: 2 } },
        }),
    );
    expect(JSON.stringify(chartResources(chart)[0])).toBe(
      JSON.stringify({ ...collector, spec: { config: collector.spec.config, replicas: 2 } }),
    );
  });

  it("of the same name in two namespaces is two objects", () => {
    const chart = chartOf((scope) => {
      for (const namespace of ["team-data", "team-ml"])
        new ApiObject(scope, namespace, { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "same", namespace } });
    });
    expect(chartResources(chart).map(({ metadata }) => metadata.namespace)).toEqual(["team-data", "team-ml"]);
  });

  it("comes after what it depends on, in charts within charts, too", () => {
    const chart = chartOf((scope) => {
      const first = new ApiObject(scope, "first", { apiVersion: "v1", kind: "ConfigMap" });
      const group = new Construct(scope, "group");
      new ApiObject(group, "second", { apiVersion: "v1", kind: "ConfigMap" });
      const inner = new Chart(scope, "inner");
      const third = new ApiObject(inner, "third", { apiVersion: "v1", kind: "ConfigMap" });
      first.addDependency(group);
      group.node.addDependency(third);
    });
    expect(chartResources(chart).map(({ metadata }) => metadata.name.split("-").slice(-2, -1)[0])).toEqual([
      "third",
      "second",
      "first",
    ]);
  });

  it("has the same generated name each time", () => {
    const name = () =>
      chartResources(chartOf((scope) => new ApiObject(scope, "web", { apiVersion: "v1", kind: "Service" })))[0]
        ?.metadata.name;
    expect(name()).toMatch(/^shop-web-[0-9a-f]+$/);
    expect(name()).toBe(name());
  });
});

describe("what is wrong with a chart", () => {
  it("is said of the object that it is about, and of all of them", () => {
    const chart = chartOf((scope) => {
      const broken = new ApiObject(scope, "broken", { apiVersion: "v1", kind: "ConfigMap", data: { at: new Date(0) } });
      broken.node.addValidation({ validate: () => ["needs an owner", "needs a size"] });
      new ApiObject(scope, "named", { apiVersion: "v1", kind: "Service", metadata: { name: "Not A Name" } });
      new ApiObject(scope, "labelled", {
        apiVersion: "v1",
        kind: "Service",
        metadata: { name: "web", labels: { replicas: Lazy.any({ produce: () => 3 }) } },
      });
    });
    const messages = messagesOf(chartResources(chart));
    expect(messages).toEqual([
      "[shop/broken] data.at is an instance of Date, not plain data",
      "[shop/broken] needs an owner",
      "[shop/broken] needs a size",
      'is "Not A Name"',
      "[shop/labelled] is no Kubernetes object",
    ]);
  });

  it("is a circle of dependencies", () => {
    const chart = chartOf((scope) => {
      const a = new ApiObject(scope, "a", { apiVersion: "v1", kind: "ConfigMap" });
      const b = new ApiObject(scope, "b", { apiVersion: "v1", kind: "ConfigMap" });
      a.addDependency(b);
      b.addDependency(a);
    });
    const resources = chartResources(chart);
    expect(resources).toHaveLength(2);
    expect(messagesOf(resources)).toEqual(["depends on itself: shop/a after shop/b after shop/a"]);
  });

  it("is a Lazy value that throws", () => {
    const failing = Lazy.any({
      produce: () => {
        throw new Error("no container");
      },
    });
    const chart = chartOf((scope) => new ApiObject(scope, "web", { apiVersion: "v1", kind: "Pod", spec: failing }));
    expect(messagesOf(chartResources(chart))).toEqual(["[shop/web] no container"]);
  });
});

describe("plain data", () => {
  const keys = fc.oneof(
    fc.string(),
    fc.constantFrom("__proto__", "constructor", "toString", "resolve", "value", "", "10", "2", "metadata", "a/b"),
  );
  const { value: anyValue } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom(null, true, false, "", "null", "0o14", {}, []),
      fc.string(),
      fc.integer(),
      fc.array(tie("value"), { maxLength: 4 }),
      fc.array(fc.tuple(keys, tie("value")), { maxLength: 4 }).map((entries) => Object.fromEntries(entries)),
    ),
  }));
  const spec = fc.array(fc.tuple(keys, anyValue), { maxLength: 5 }).map((entries) => Object.fromEntries(entries));
  const resources = fc.uniqueArray(
    fc.record({ name: fc.stringMatching(/^[a-z]{1,8}$/), namespace: fc.constantFrom("team-data", "team-ml"), spec }),
    { selector: ({ name, namespace }) => `${namespace}/${name}`, minLength: 1, maxLength: 4 },
  );

  it("goes into a chart and comes out again unchanged, key by key", () =>
    fc.assert(
      fc.property(resources, (given) => {
        const before = given.map(
          ({ name, namespace, spec }): Resource => ({
            apiVersion: "example.com/v1",
            kind: "Thing",
            metadata: { name, namespace },
            spec,
          }),
        );
        const chart = resourceChart(new App(), "things", before);
        const written = JSON.stringify(before);
        expect(JSON.stringify(Testing.synth(chart))).toBe(written);
        expect(JSON.stringify(chartResources(chart))).toBe(written);
      }),
    ));

  it("of an ordinary ApiObject comes out unchanged, key by key", () =>
    fc.assert(
      fc.property(spec, (data) => {
        const object = { apiVersion: "example.com/v1", kind: "Thing", metadata: { name: "thing" }, data };
        const chart = chartOf((scope) => new ApiObject(scope, "thing", object));
        expect(JSON.stringify(chartResources(chart))).toBe(JSON.stringify([object]));
      }),
    ));
});
