import type { EditCase } from "./consequences-edits.ts";
import { admission, environment, withoutEnvironment } from "./consequences-edits.ts";

/** Environments: who writes in them, how they are delivered, what is refused. */
export const environmentCases: readonly EditCase[] = [
  {
    what: "production delivers itself",
    edit: environment("production", { delivery: { sync: "automatic" } }),
    told: [
      "high | production | sync-automated | every application is synced by itself",
      "medium | production | delivery-windows-changed | 8 projects are delivered at any time, not 0 8 * * 1-4 for 8h (Europe/Berlin)",
      "medium | production | delivery-role-gained | project plinth-‹team› lets group ‹team›-developers sync its applications (6 teams)",
      "medium | production | delivery-role-gained | project team-backend lets group backend-developers create, delete, sync and update its applications",
    ],
  },
  {
    what: "production has no windows",
    edit: environment("production", { delivery: { sync: "approval" } }),
    told: [
      "medium | production | delivery-windows-changed | 8 projects are delivered at any time, not 0 8 * * 1-4 for 8h (Europe/Berlin)",
    ],
  },
  {
    what: "production is delivered on Fridays, too",
    edit: environment("production", {
      delivery: { sync: "approval", windows: [{ schedule: "0 8 * * 1-5", duration: "8h", timeZone: "Europe/Berlin" }] },
    }),
    told: [
      "medium | production | delivery-windows-changed | 8 projects are delivered 0 8 * * 1-5 for 8h (Europe/Berlin), not 0 8 * * 1-4 for 8h (Europe/Berlin)",
    ],
  },
  {
    what: "staging waits for a person",
    edit: environment("staging", { delivery: { sync: "approval" } }),
    told: [
      "medium | staging | delivery-role-lost | project plinth-‹team› no longer lets group ‹team›-developers sync its applications (6 teams)",
      "medium | staging | delivery-role-lost | project team-backend no longer lets group backend-developers create, delete, sync and update its applications",
      "medium | staging | sync-by-hand | every application waits for somebody to sync it",
    ],
  },
  {
    what: "developers write in production",
    edit: environment("production", (before) => ({ access: { ...before.access, writers: "developers" } })),
    told: [
      "critical | production | escalation-to-cluster-opened | group system:masters can be reached by group platform-operators",
      "critical | production | permission-gained-escalating | groups backend-admins, data-admins, frontend-admins, integrations-admins, ml-admins and*",
      "medium | production | permission-gained-writing | group platform-operators gains create, delete, patch, update analysistemplates.argoproj.io,*",
      "medium | production | permission-gained-writing | groups backend-developers, data-developers, frontend-developers, integrations-developers,*",
    ],
  },
  {
    what: "nobody execs in development",
    edit: environment("development", (before) => ({ access: { ...before.access, exec: false } })),
    told: [
      "medium | development | policy-begins-to-refuse | policy guard-closed-pods begins to refuse in team-backend, team-data, team-frontend,*",
      "low | development | permission-lost-escalating | group platform-admins loses create, get pods/attach and pods/exec; get, patch, update*",
      "low | development | permission-lost-escalating | group platform-operators loses create, get pods/attach; get, patch, update pods/ephemeralcontainers in the whole cluster",
      "low | development | permission-lost-escalating | groups backend-admins, backend-developers, data-admins, data-developers, frontend-admins,*",
    ],
  },
  {
    what: "staging moves to access entries",
    edit: environment("staging", {
      access: { writers: "developers", authentication: { by: "access-entries", nodeRoles: ["shop-staging-nodes"] } },
    }),
    told: [],
  },
  {
    what: "staging refuses everything",
    edit: admission("staging", { enforce: "all" }),
    told: [
      "medium | staging | policy-begins-to-refuse | 25 policies begin to refuse in team-backend, team-data, team-frontend, team-integrations, team-ml and team-platform",
      "medium | staging | policy-begins-to-refuse | policies disallow-cluster-admin-bindings, disallow-escalation-in-cluster-roles,*",
    ],
  },
  {
    what: "production refuses the baseline only",
    edit: admission("production", { enforce: "baseline" }),
    told: [
      "high | production | policy-stops-refusing | 44 policies stop refusing in team-backend, team-data, team-frontend, team-integrations, team-ml and team-platform",
      "high | production | policy-stops-refusing | policies disallow-cluster-admin-bindings, disallow-escalation-in-cluster-roles,*",
    ],
  },
  {
    what: "namespaces of production are of level baseline",
    edit: admission("production", { podSecurity: { enforce: "baseline", audit: "restricted", warn: "restricted" } }),
    told: [
      "high | production | pod-security-weakened | namespace team-‹team› enforces baseline instead of restricted (6 teams)",
      "high | production | policy-looser | policy require-pod-security-level judges less strictly (names 'baseline')",
      "medium | production | mutation-ends | policy default-security-context stops writing into pods in team-backend, team-data, team-frontend,*",
    ],
  },
  {
    what: "namespaces of staging are of level restricted",
    edit: admission("staging", { podSecurity: { enforce: "restricted", audit: "restricted", warn: "restricted" } }),
    told: [
      "medium | staging | pod-security-strengthened | namespace team-‹team› enforces restricted instead of baseline (6 teams)",
      "medium | staging | policy-stricter | policy require-pod-security-level judges more strictly (no longer names 'baseline')",
      "low | staging | mutation-begins | policy default-security-context begins to write into pods in team-backend, team-data, team-frontend,*",
      "low | staging | mutation-changed | policy label-previews does it otherwise (names ((!('pod-security.kubernetes.io/enforce' in*",
    ],
  },
  {
    what: "production takes roles by IRSA",
    edit: environment("production", (before) => ({ cluster: { ...before.cluster, workloadIdentity: "irsa" } })),
    told: [
      "critical | production | connection-opened-to-anywhere | ‹service› → anywhere outside:443 opens (accounting, checkout and fraud-detection)",
      "high | production | cloud-role-gained | service account team-‹team›/‹service› takes the cloud role arn:aws:iam::333344445555:role/shop-‹service›*",
      "high | production | connection-closed-with-platform | cert-manager/cert-manager, external-dns/external-dns, external-secrets/external-secrets and 3*",
      "high | production | connection-closed-with-platform | ‹service› → EKS Pod Identity:80 closes (accounting, checkout and fraud-detection)",
    ],
  },
  {
    what: "a cluster is of a newer version",
    edit: environment("staging", (before) => ({ cluster: { ...before.cluster, kubernetes: "1.37" } })),
    told: [
      "medium | staging | policy-looser | policy restrict-sysctls judges less strictly (names 'net.ipv4.tcp_notsent_lowat', names 'net.ipv4.tcp_slow_start_after_idle')",
      "low | staging | pod-security-judged-otherwise | namespace team-‹team› has enforce-version v1.37 instead of v1.36, audit-version v1.37 instead of*",
      "low | staging | mutation-changed | policy label-previews does it otherwise (mutations)",
    ],
  },
  {
    what: "an environment goes",
    edit: withoutEnvironment("staging"),
    told: ["high | staging | environment-removed | environment staging goes, with all that is in it"],
  },
  {
    what: "break-glass",
    edit: (platform) => ({
      ...platform,
      breakGlass: [
        {
          name: "payment-incident",
          group: "incident-responders",
          role: "namespace-admin",
          environment: "production",
          team: "integrations",
          because: "Payments fail, and nobody sees why.",
          ticket: "INC-7",
          approvedBy: "platform",
          until: "2026-12-01",
        },
      ],
    }),
    told: [
      "medium | production | permission-gained-writing | group incident-responders gains delete, get, list, watch pods; create pods/eviction; get, patch,*",
      "medium | production | policy-judges-otherwise | policy guard-closed-pods judges otherwise (names 'incident-responders')",
      "other | production | added ClusterRole of break-glass",
    ],
  },
  {
    what: "break-glass of the cluster",
    edit: (platform) => ({
      ...platform,
      breakGlass: [
        {
          name: "cluster-incident",
          group: "incident-responders",
          role: "platform-admin",
          environment: "production",
          because: "The cluster does not heal.",
          ticket: "INC-8",
          approvedBy: "platform",
          until: "2026-12-01",
        },
      ],
    }),
    told: [
      "critical | production | permission-gained-escalating | group incident-responders gains create, delete, get, list, patch, update, watch configmaps,*",
      "medium | production | policy-judges-otherwise | 10 policies judge otherwise (names 'incident-responders')",
      "low | development and staging | policy-judges-otherwise | 9 policies judge otherwise (names 'incident-responders')",
      "other | production | added ClusterRole of break-glass",
    ],
  },
  {
    what: "the platform's operators are another group",
    edit: (platform) => ({ ...platform, groups: { operators: "site-reliability" } }),
    told: [
      "critical | production and staging | permission-gained-escalating | group site-reliability gains get, list, patch, watch nodes; with 131 other kinds in the whole cluster",
      "high | development | permission-gained-escalating | group site-reliability gains get, list, patch, watch nodes; create, get pods/attach; get, patch,*",
      "medium | production and staging | permission-lost-escalating | group platform-operators loses get, list, patch, watch nodes; with 131 other kinds in the whole cluster",
      "low | development | permission-lost-escalating | group platform-operators loses get, list, patch, watch nodes; create, get pods/attach; get, patch,*",
    ],
  },
  {
    what: "the repository moves",
    edit: (platform) => ({ ...platform, repository: { url: "https://git.example.com/shop/delivery" } }),
    told: [
      "high | all environments | delivery-source-changed | every application reads the repository https://git.example.com/shop/delivery, not*",
      "medium | all environments | delivery-widened | project plinth may deliver from https://git.example.com/shop/delivery",
      "medium | all environments | delivery-narrowed | project plinth may no longer deliver from https://git.example.com/astronomy-shop/platform",
      "medium | all environments | delivery-narrowed | project plinth-platform may no longer deliver from https://git.example.com/astronomy-shop/platform",
      "medium | all environments | delivery-widened | project plinth-‹team› may deliver from https://git.example.com/shop/delivery (6 teams)",
      "medium | all environments | delivery-narrowed | project plinth-‹team› may no longer deliver from https://git.example.com/astronomy-shop/platform (5 teams)",
      "low | development and staging | alert-links-changed | 282 alerts lead to another runbook",
      "low | production | alert-links-changed | 292 alerts lead to another runbook",
      "low | all environments | objective-alert-changed | 23 objectives have alerts with other labels or links",
      "none | production | dashboard-links-changed | *",
      "none | development and staging | dashboard-links-changed | *",
    ],
  },
  {
    what: "Argo CD reads a branch",
    edit: (platform) => ({ ...platform, repository: { ...platform.repository, branch: "release" } }),
    told: [
      "high | all environments | delivery-source-changed | every application reads the revision refs/heads/release, not refs/heads/main",
      "low | development and staging | alert-links-changed | 282 alerts lead to another runbook",
      "low | production | alert-links-changed | 292 alerts lead to another runbook",
      "low | all environments | objective-alert-changed | 23 objectives have alerts with other labels or links",
      "none | production | dashboard-links-changed | *",
      "none | development and staging | dashboard-links-changed | *",
    ],
  },
];
