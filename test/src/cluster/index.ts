export type { AccessAnswer, AccessQuestion, PathQuestion, ResourceQuestion } from "./access-review.ts";
export type { Accepted, Answer, ApiResponse, Cause, Refused } from "./answer.ts";
export type { ApiRequest, Identity } from "./api-connection.ts";
export { ClusterError } from "./cluster-error.ts";
export {
  isKubernetesObject,
  type KindReference,
  type KubernetesObject,
  type ObjectMetadata,
  type ObjectReference,
} from "./kubernetes-object.ts";
export type { Objects, WriteOptions } from "./objects.ts";
export { type Cluster, type ClusterOptions, clusterTools, startCluster } from "./start-cluster.ts";
export { type WaitOptions, waitFor } from "./wait-for.ts";
export { withCluster } from "./with-cluster.ts";
