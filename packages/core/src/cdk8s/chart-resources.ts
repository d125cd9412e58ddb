import type { ApiObject, Chart } from "cdk8s";
import type { IConstruct } from "constructs";
import type { Finding } from "../finding.ts";
import { metadataFindings } from "../resource/build-resource.ts";
import { attachFindings, describeResource, type Resource, type ResourceMetadata } from "../resource/resource.ts";
import { dependencyOrder } from "./dependency-order.ts";
import { plainObjectOf } from "./plain-object.ts";
import { isPlainObject } from "./plain-value.ts";

/**
 * Every object of a chart and of the charts in it, as resources: what depends on something comes after it. `null` values, empty maps and the order of keys
 * are as they were written; lazy values and tokens are resolved; two objects of one name in two namespaces are two resources.
 *
 * What is wrong (a validation of a construct, a value that is no plain data, dependencies in a circle) travels with the resource that it is about, and
 * `plan` reports it. Nothing is thrown.
 *
 * @example
 * import { App, Chart } from "cdk8s";
 * import type { Resource } from "@plinth/core";
 * import { chartResources } from "@plinth/core/cdk8s";
 * const chart = new Chart(new App(), "cache", { namespace: "team-data" });
 * const resources: readonly Resource[] = chartResources(chart);
 */
export function chartResources(chart: Chart): readonly Resource[] {
  const { objects, circle } = dependencyOrder(chart);
  const resources = objects.map((object) => [object, resourceOf(object)] as const);
  const [first] = resources;
  for (const message of circle)
    if (first !== undefined) attachFindings(first[1], [problem(first[1], message, "dependencies without a circle")]);
  for (const construct of chart.node.findAll()) {
    for (const message of construct.node.validate()) {
      const about = resources.find(([object]) => isWithin(object, construct) || isWithin(construct, object)) ?? first;
      if (about === undefined) throw new Error(`[${construct.node.path}] ${message}`);
      attachFindings(about[1], [problem(about[1], `[${construct.node.path}] ${message}`)]);
    }
  }
  return resources.map(([, resource]) => resource);
}

function isWithin(construct: IConstruct, scope: IConstruct): boolean {
  return construct.node.scopes.includes(scope);
}

/** The object as a resource; where it cannot be read, what is known of it, with the reason. */
function resourceOf(object: ApiObject): Resource {
  const unread: Resource = {
    apiVersion: object.apiVersion,
    kind: object.kind,
    metadata: {
      name: object.name,
      ...(object.metadata.namespace === undefined ? {} : { namespace: object.metadata.namespace }),
    },
  };
  let read: Readonly<Record<string, unknown>>;
  try {
    read = plainObjectOf(object);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return attachFindings(unread, [problem(unread, `[${object.node.path}] ${reason}`, "an object of plain data")]);
  }
  if (!isResource(read))
    return attachFindings(unread, [
      problem(
        unread,
        `[${object.node.path}] is no Kubernetes object`,
        "apiVersion, kind, a name, and labels and annotations that are texts",
      ),
    ]);
  return attachFindings(read, metadataFindings(read));
}

function isResource(value: Readonly<Record<string, unknown>>): value is Resource {
  return typeof value["apiVersion"] === "string" && typeof value["kind"] === "string" && isMetadata(value["metadata"]);
}

function isMetadata(value: unknown): value is ResourceMetadata {
  return (
    isPlainObject(value) &&
    typeof value["name"] === "string" &&
    (value["namespace"] === undefined || typeof value["namespace"] === "string") &&
    [value["labels"], value["annotations"]].every(
      (texts) =>
        texts === undefined || (isPlainObject(texts) && Object.values(texts).every((text) => typeof text === "string")),
    )
  );
}

function problem(resource: Resource, message: string, expected?: string): Finding {
  return {
    code: "invalid-resource",
    severity: "error",
    resource: describeResource(resource),
    message,
    ...(expected === undefined ? {} : { expected }),
  };
}
