/**
 * Karpenter 1.x: nodes that come and go. The `operator_` series are those of its status controllers.
 *
 * @see https://karpenter.sh/docs/reference/metrics/
 */
export const karpenterMetrics = {
  karpenter_nodepools_limit: {
    type: "gauge",
    unit: "count",
    labels: ["resource_type", "nodepool"],
    help: "What a NodePool may bring at most: cpu in cores, memory in bytes, nodes.",
  },
  karpenter_nodepools_usage: {
    type: "gauge",
    unit: "count",
    labels: ["resource_type", "nodepool"],
    help: "What a NodePool has brought.",
  },
  karpenter_nodeclaims_created_total: {
    type: "counter",
    unit: "count",
    labels: ["reason", "nodepool", "min_values_relaxed"],
    help: "Nodes that were ordered.",
  },
  karpenter_nodeclaims_terminated_total: {
    type: "counter",
    unit: "count",
    labels: ["nodepool", "capacity_type", "zone"],
    help: "Ordered nodes that were given back.",
  },
  karpenter_nodes_created_total: {
    type: "counter",
    unit: "count",
    labels: ["nodepool"],
    help: "Nodes that have joined.",
  },
  karpenter_cloudprovider_errors_total: {
    type: "counter",
    unit: "count",
    labels: ["controller", "method", "provider", "error"],
    help: "Calls to the cloud that failed: error InsufficientCapacityError, NodeClassNotReadyError, NodeClaimNotFoundError, or another kind.",
  },
  karpenter_cluster_state_synced: {
    type: "gauge",
    unit: "boolean",
    labels: [],
    help: "Whether Karpenter's picture of the nodes is that of the API.",
  },
  karpenter_voluntary_disruption_queue_failures_total: {
    type: "counter",
    unit: "count",
    labels: ["decision", "reason", "consolidation_type"],
    help: "Decisions to replace or remove a node that failed.",
  },
  karpenter_scheduler_queue_depth: {
    type: "gauge",
    unit: "count",
    labels: ["controller", "scheduling_id"],
    help: "Pods for which Karpenter looks for a place.",
  },
  operator_nodeclaim_status_condition_count: {
    type: "gauge",
    unit: "boolean",
    labels: ["namespace", "name", "type", "status", "reason"],
    help: "A condition of a NodeClaim: Launched, Registered, Initialized, Ready and others; status True, False or Unknown.",
  },
  operator_nodepool_status_condition_count: {
    type: "gauge",
    unit: "boolean",
    labels: ["namespace", "name", "type", "status", "reason"],
    help: "A condition of a NodePool: NodeClassReady, Ready and others; status True, False or Unknown.",
  },
} as const;
