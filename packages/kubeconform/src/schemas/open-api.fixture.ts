import type { JsonObject } from "./json-schema.ts";

const machinery = "io.k8s.apimachinery.pkg";
const gvk = (group: string, version: string, kind: string): object => ({ group, version, kind });

const definitions: Record<string, JsonObject> = {
  "example.Job": {
    type: "object",
    properties: {
      apiVersion: { type: "string" },
      kind: { type: "string" },
      metadata: { $ref: `#/definitions/${machinery}.apis.meta.v1.ObjectMeta` },
      spec: { $ref: "#/definitions/example.JobSpec" },
      status: { $ref: "#/definitions/example.JobStatus" },
    },
    "x-kubernetes-group-version-kind": [gvk("batch", "v1", "Job")],
  },
  "example.JobSpec": {
    type: "object",
    required: ["command", "limit"],
    properties: {
      command: { type: "array", items: { type: "string" } },
      limit: { $ref: `#/definitions/${machinery}.api.resource.Quantity` },
      port: { $ref: `#/definitions/${machinery}.util.intstr.IntOrString` },
      replicas: { type: "integer", format: "int32" },
      labels: { type: "object", additionalProperties: { type: "string" } },
      raw: { $ref: `#/definitions/${machinery}.runtime.RawExtension` },
      child: { $ref: "#/definitions/example.JobSpec" },
      empty: { $ref: "#/definitions/example.Empty" },
    },
  },
  "example.JobStatus": {
    type: "object",
    required: ["done"],
    properties: { done: { type: "integer", format: "int32" } },
  },
  "example.Empty": { type: "object" },
  "example.JobList": { type: "object", "x-kubernetes-group-version-kind": [gvk("batch", "v1", "JobList")] },
  "example.Eviction": { type: "object", "x-kubernetes-group-version-kind": [gvk("policy", "v1", "Eviction")] },
  "example.Review": {
    type: "object",
    properties: { metadata: { type: "object" } },
    "x-kubernetes-group-version-kind": [gvk("authorization.k8s.io", "v1", "Review")],
  },
  "example.BetaJob": { type: "object", "x-kubernetes-group-version-kind": [gvk("batch", "v2beta1", "Job")] },
  [`${machinery}.apis.meta.v1.ObjectMeta`]: { type: "object", properties: { name: { type: "string" } } },
  [`${machinery}.api.resource.Quantity`]: { type: "string" },
  [`${machinery}.util.intstr.IntOrString`]: { type: "string", format: "int-or-string" },
  [`${machinery}.runtime.RawExtension`]: { type: "object" },
};

const post = (group: string, version: string, kind: string): object => ({
  post: { "x-kubernetes-action": "post", "x-kubernetes-group-version-kind": gvk(group, version, kind) },
});
const paths = {
  "/apis/batch/v1/namespaces/{namespace}/jobs": post("batch", "v1", "Job"),
  "/apis/batch/v1/namespaces/{namespace}/jobs/{name}": { get: {} },
  "/api/v1/namespaces/{namespace}/pods/{name}/eviction": post("policy", "v1", "Eviction"),
  "/apis/authorization.k8s.io/v1/reviews": post("authorization.k8s.io", "v1", "Review"),
  "/apis/batch/v2beta1/namespaces/{namespace}/jobs": post("batch", "v2beta1", "Job"),
};
/** A small OpenAPI v2 document of the shape of Kubernetes' own. */
export const openApiDocument: JsonObject = { definitions, paths };
