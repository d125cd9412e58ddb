import { applicationName, componentsWithRole } from "@plinth/core";
import { greaterThan, group, increase, max, metric, oneOf, type Selector, select, sum, unless } from "@plinth/metrics";
import { annotation } from "../model/annotation.ts";
import type { Annotation } from "../model/dashboard.ts";
import { servicePods } from "./service-pods.ts";
import type { ServiceView } from "./service-row.ts";

// As long as a mark is wide: shorter than that, it would fall between two points.
const since = "5m";

/**
 * What happened to a service: versions and settings that are new, what Argo CD delivered, alerts that fire. Whatever broke at a mark, the mark broke it until
 * proven otherwise.
 *
 * @example
 * import { environmentNamed, serviceNamed } from "@plinth/core";
 * import { examplePlatform } from "@plinth/core/testing";
 * const platform = examplePlatform();
 * const view = { platform, environment: environmentNamed(platform, "production"), service: serviceNamed(platform, "checkout") };
 * serviceAnnotations(view).map(({ name }) => name); // ["New versions", "Rollouts", "Deliveries", "Firing alerts"]
 */
export function serviceAnnotations(view: ServiceView): readonly Annotation[] {
  const { platform, environment, service } = view;
  const { namespace, of, agoOf } = servicePods(view);
  /** What is there and was not a while ago. */
  const isNew = (series: Selector, label: string): ReturnType<typeof unless> =>
    unless(group(of(series), { by: [label] }), group(agoOf(series, since), { by: [label] }));
  const images = select(metric("kube_pod_container_info"), { namespace });
  const replicaSets = select(metric("kube_pod_info"), { namespace, created_by_kind: "ReplicaSet" });
  const firing = select(metric("ALERTS"), { service: service.name, alertstate: "firing" });
  return [
    annotation("New versions", isNew(images, "image"), {
      description: "An image that did not run before, whatever brought it there.",
      text: "{{image}}",
    }),
    annotation("Rollouts", isNew(replicaSets, "created_by_name"), {
      description: "A ReplicaSet that is new: another image, other settings, or a restart.",
      text: "{{created_by_name}}",
    }),
    ...(componentsWithRole(platform, "delivery").length === 0
      ? []
      : [
          annotation(
            "Deliveries",
            greaterThan(
              sum(
                increase(
                  select(metric("argocd_app_sync_total"), {
                    name: applicationName(environment.name, service.team, service.name),
                    phase: oneOf("Succeeded", "Failed", "Error"),
                  }),
                  since,
                ),
                { by: ["phase"] },
              ),
              0,
            ),
            {
              description:
                "Argo CD applied what the repository says about this service: network rules, alerts, this dashboard. The service's own repository delivers its pods.",
              text: "Argo CD: {{phase}}",
            },
          ),
        ]),
    annotation("Firing alerts", max(firing, { by: ["alertname", "severity"] }), {
      description: "An alert about this service fires.",
      text: "{{alertname}}, {{severity}}",
      state: "bad",
    }),
  ];
}
