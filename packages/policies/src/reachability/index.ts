// What NetworkPolicies allow, without the factories that make them: for who only reads a tree.
export type { Cluster, ClusterNamespace, Workload, WorkloadPort } from "./cluster.ts";
export { type Connection, describeConnection, type Endpoint } from "./connection.ts";
export { type ConnectionChanges, compareConnections } from "./connection-set.ts";
export { connections } from "./connections.ts";
export { type Isolation, isolationOf } from "./isolation.ts";
