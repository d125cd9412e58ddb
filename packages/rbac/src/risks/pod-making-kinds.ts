import type { ApiResources } from "../roles/policy-rule.ts";

// Who writes one of these chooses image, ServiceAccount and mounted Secrets of pods, directly or through the controller that reads it.

/** What people write to run something. */
export const workloadKinds: ApiResources = {
  "": ["pods", "replicationcontrollers"],
  apps: ["daemonsets", "deployments", "replicasets", "statefulsets"],
  batch: ["cronjobs", "jobs"],
  // An analysis may run a Job; a WorkflowTemplate runs with the ServiceAccount that it names.
  "argoproj.io": [
    "analysisruns",
    "analysistemplates",
    "clusteranalysistemplates",
    "clusterworkflowtemplates",
    "cronworkflows",
    "eventsources",
    "experiments",
    "rollouts",
    "sensors",
    "workflows",
    "workflowtemplates",
  ],
  "apps.kruise.io": ["advancedcronjobs", "broadcastjobs", "clonesets", "daemonsets", "sidecarsets", "statefulsets"],
  "actions.github.com": ["autoscalingrunnersets", "ephemeralrunners", "ephemeralrunnersets"],
  "batch.volcano.sh": ["jobs"],
  "flink.apache.org": ["flinkdeployments", "flinksessionjobs"],
  "jobset.x-k8s.io": ["jobsets"],
  "keda.sh": ["scaledjobs"],
  "kubeflow.org": ["mpijobs", "notebooks", "pytorchjobs", "tfjobs"],
  "kubevirt.io": ["virtualmachineinstances", "virtualmachines"],
  "leaderworkerset.x-k8s.io": ["leaderworkersets"],
  "ray.io": ["rayclusters", "rayjobs", "rayservices"],
  "serving.knative.dev": ["configurations", "services"],
  "serving.kserve.io": ["inferenceservices"],
  "sparkoperator.k8s.io": ["scheduledsparkapplications", "sparkapplications"],
  "tekton.dev": ["clustertasks", "pipelineruns", "pipelines", "taskruns", "tasks"],
};

/** What operators turn into pods: a collector, a database, a monitoring server. */
export const operandKinds: ApiResources = {
  "opentelemetry.io": ["instrumentations", "opampbridges", "opentelemetrycollectors", "targetallocators"],
  "monitoring.coreos.com": ["alertmanagers", "prometheusagents", "prometheuses", "thanosrulers"],
  "grafana.integreatly.org": ["grafanas"],
  "jaegertracing.io": ["jaegers"],
  "kafka.strimzi.io": ["kafkabridges", "kafkaconnects", "kafkamirrormaker2s", "kafkanodepools", "kafkas"],
  "postgresql.cnpg.io": ["clusters", "poolers"],
  "acid.zalan.do": ["postgresqls"],
  "elasticsearch.k8s.elastic.co": ["elasticsearches"],
  "rabbitmq.com": ["rabbitmqclusters"],
  "valkey.io": ["valkeys"],
  "aquasecurity.github.io": ["nodecollectors"],
  "install.istio.io": ["istiooperators"],
  "sailoperator.io": ["istios", "ztunnels"],
};
