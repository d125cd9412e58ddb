import { clusterRows } from "./cluster-rows.ts";
import { costRows } from "./cost-rows.ts";
import { deliveryRows } from "./delivery-rows.ts";
import { policyRows } from "./policy-rows.ts";
import type { TopicRow } from "./topic-row.ts";

/** What stands between the glance and the alerts, for topics that have it. */
export const topicRows: readonly TopicRow[] = [...clusterRows, ...policyRows, ...deliveryRows, ...costRows];
