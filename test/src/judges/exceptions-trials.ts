import {
  buildPlatform,
  definePlatform,
  definePolicyException,
  type Environment,
  type ExceptionScope,
  enforce,
  type Platform,
  type PolicyException,
  warn,
} from "@plinth/core";
import { examplePlatformInput } from "@plinth/core/testing";

/** What each trial says of why and until when. */
const said = {
  because: "Tries whether an exception holds for what it names, and for nothing else.",
  ticket: "TRY-1",
  approvedBy: "platform",
  owner: "backend",
  until: "2099-12-31",
};

/** An exception of each sort: what a service runs as, each controller, other kinds, what is in no namespace, a Namespace, a team, images. */
const trials: readonly (readonly [policy: string, scope: ExceptionScope, images?: readonly string[]])[] = [
  ["disallow-host-path", { service: "checkout" }],
  ["disallow-privileged-containers", { team: "backend", resource: { kind: "Deployment", name: "old-api" } }],
  ["disallow-host-namespaces", { team: "backend", resource: { kind: "StatefulSet", name: "kafka" } }],
  ["disallow-host-ports", { team: "backend", resource: { kind: "DaemonSet", name: "node-reader" } }],
  ["require-run-as-nonroot", { team: "frontend", resource: { kind: "Job", name: "import.orders" } }],
  ["disallow-latest-tag", { team: "frontend", resource: { kind: "CronJob", name: "tidy.up" } }],
  ["disallow-proc-mount", { team: "frontend", resource: { kind: "Pod", name: "shell" } }],
  ["disallow-node-ports", { service: "checkout" }],
  ["require-ingress-tls", { team: "frontend", resource: { kind: "Ingress", name: "old-shop" } }],
  ["disallow-wildcards-in-cluster-roles", { resource: { kind: "ClusterRole", name: "crossplane" } }],
  ["require-pod-security-level", { team: "backend", resource: { kind: "Namespace", name: "team-backend" } }],
  ["require-requests-limits", { team: "backend" }],
  ["disallow-capabilities", { service: "frontend" }, ["registry.example.com/legacy/*"]],
];

/** A platform with an exception of each sort, from policies that refuse, warn and report. */
export function platformOfTrials(): { readonly platform: Platform; readonly environment: Environment } {
  const { platform } = buildPlatform(
    definePlatform({
      ...examplePlatformInput(),
      policyRollouts: [
        enforce("*", { in: "production", owner: "platform-admins" }),
        warn("disallow-host-ports", { in: "production", teams: ["backend"], owner: "backend" }),
      ],
      policyExceptions: trials.map(([policy, scope, images]) =>
        definePolicyException({
          ...said,
          name: policy,
          policy,
          for: scope,
          environments: ["production"],
          ...(images === undefined ? {} : { images }),
        }),
      ),
    }),
  );
  const environment = platform?.environments.find(({ production }) => production);
  if (platform === undefined || environment === undefined) throw new Error("the platform of the trials is not one");
  return { platform, environment };
}

/** Exceptions of a platform where they hold, with the environment. */
export function exceptionsOf(
  platform: Platform,
): readonly { readonly exception: PolicyException; readonly environment: Environment }[] {
  return platform.environments.flatMap((environment) =>
    platform.policyExceptions.map((exception) => ({ exception, environment })),
  );
}
