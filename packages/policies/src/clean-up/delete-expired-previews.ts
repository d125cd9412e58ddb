import type { Environment, Platform } from "@plinth/core";
import { Namespace } from "kubernetes-models/v1/Namespace";
import { cel } from "../admission/cel.ts";
import { object } from "../admission/object-fixture.ts";
import { expiryLabel, isPreview, previewLabel, previewPrefix } from "../generators/preview-namespace.ts";
import { namespaceKind } from "../mutations/mutation.ts";
import type { CleanUp } from "./clean-up.ts";

const managedBy = "app.kubernetes.io/managed-by";

/**
 * Previews go, with all that is in them, after their last day. One without a date, or with one that is none, stays.
 *
 * @example
 * import type { Environment, Platform } from "@plinth/core";
 * declare const platform: Platform;
 * declare const development: Environment;
 * deleteExpiredPreviews(platform, development)?.schedule; // "41 3 * * *"
 */
export function deleteExpiredPreviews(platform: Platform, { production }: Environment): CleanUp | undefined {
  const [team] = platform.teams;
  if (production || team === undefined) return undefined;
  const name = `${previewPrefix(team)}42`;
  const preview = { [previewLabel]: team.name };
  return {
    name: "delete-expired-previews",
    title: "Delete expired previews",
    what: `A preview is deleted on the day after the one that its label ${expiryLabel} names.`,
    why: "A preview outlives its change: it holds a share of the cluster, and runs images that nobody renews.",
    keepYourOwn: `Set ${expiryLabel} to a later day; without the label a preview stays.`,
    kind: namespaceKind,
    schedule: "41 3 * * *",
    scope: "by-conditions",
    variables: { day: cel`object.metadata.?labels[?${expiryLabel}].orValue('')` },
    conditions: {
      "is-preview": isPreview(platform),
      // What Plinth renders is never a preview.
      "not-rendered": cel`object.metadata.?labels[?${managedBy}].orValue('') != 'plinth'`,
      "says-when": cel`variables.day.matches('^[0-9]{4}-[0-9]{2}-[0-9]{2}$')`,
      expired: cel`timestamp(variables.day + 'T00:00:00Z') + duration('24h') <= time.now()`,
    },
    trials: (hoursAgo) => {
      const day = (hours: number): string => hoursAgo(hours).slice(0, 10);
      return {
        deletes: [object(Namespace, {}, { name, labels: { ...preview, [expiryLabel]: day(48) } })],
        keeps: [
          object(Namespace, {}, { name: `${name}-today`, labels: { ...preview, [expiryLabel]: day(0) } }),
          object(Namespace, {}, { name: `${name}-ahead`, labels: { ...preview, [expiryLabel]: day(-48) } }),
          object(Namespace, {}, { name: `${name}-open`, labels: preview }),
          object(Namespace, {}, { name: `${name}-wrong`, labels: { ...preview, [expiryLabel]: "tomorrow" } }),
          object(Namespace, {}, { name: `${name}-unlabelled`, labels: { [expiryLabel]: day(48) } }),
          object(Namespace, {}, { name: "kube-system", labels: { ...preview, [expiryLabel]: day(48) } }),
          object(Namespace, {}, { name: team.namespace, labels: { ...preview, [expiryLabel]: day(48) } }),
          object(
            Namespace,
            {},
            { name: `${name}-rendered`, labels: { ...preview, [expiryLabel]: day(48), [managedBy]: "plinth" } },
          ),
        ],
      };
    },
  };
}
