import type { Topic } from "../topic.ts";
import { businessTopics } from "./business-topics.ts";
import { clusterTopics } from "./cluster-topics.ts";
import { softwareTopics } from "./software-topics.ts";
import { telemetryTopics } from "./telemetry-topics.ts";
import { trafficTopics } from "./traffic-topics.ts";
import { workloadTopics } from "./workload-topics.ts";

/** Everything that the platform has a dashboard about. */
export const platformTopics: readonly Topic[] = [
  ...clusterTopics,
  ...workloadTopics,
  ...trafficTopics,
  ...telemetryTopics,
  ...softwareTopics,
  ...businessTopics,
];
