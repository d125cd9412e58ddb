import type { EditCase } from "./consequences-edits.ts";
import { team, withTeam } from "./consequences-edits.ts";

const small = {
  cpu: "10",
  memory: "20Gi",
  pods: 200,
  services: 50,
  loadBalancers: 2,
  persistentVolumeClaims: 20,
  storage: "500Gi",
};

/** Teams, what they may use, and who works in their namespaces. */
export const teamCases: readonly EditCase[] = [
  {
    what: "a team comes",
    edit: withTeam({
      name: "search",
      contact: { chat: "#team-search", email: "search@shop.example.com" },
      onCall: { pagerduty: "search" },
      quotas: { development: small, staging: small, production: small },
    }),
    told: [
      "critical | development | escalation-to-cluster-opened | root on nodes can be reached by service account argocd/plinth-search",
      "medium | development and staging | clean-up-changed | policy delete-expired-previews does it otherwise (names 'search', names 'team-search-preview-')",
      "medium | all environments | team-added | team search comes",
    ],
  },
  {
    what: "a team goes with its services",
    edit: (platform) => ({
      ...platform,
      teams: platform.teams.filter(({ name }) => name !== "ml"),
      services: platform.services
        .filter((each) => each.team !== "ml")
        .map((each) => ({
          ...each,
          calls: (each.calls ?? []).filter((call) => !["ad", "recommendation"].includes(call)),
        })),
      alertOverrides: (platform.alertOverrides ?? []).filter(({ teams }) => teams?.includes("ml") !== true),
    }),
    told: [
      "critical | all environments | team-removed | team ml goes",
      "high | production | connection-closed-to-outside | fraud-detection → 10.30.66.0/24:9092 closes",
      "medium | development | cloud-role-lost | service account team-ml/fraud-detection no longer takes the cloud role arn:aws:iam::111122223333:role/shop-fraud-detection",
      "medium | staging | cloud-role-lost | service account team-ml/fraud-detection no longer takes the cloud role arn:aws:iam::222233334444:role/shop-fraud-detection",
      "medium | staging | connection-closed-to-outside | fraud-detection → 10.20.66.0/24:9092 closes",
      "medium | development and staging | connection-closed-to-anywhere | fraud-detection → anywhere outside:443 closes",
      "medium | development and staging | clean-up-changed | policy delete-expired-previews does it otherwise (no longer names 'ml', no longer names 'team-ml-preview-')",
      "low | all environments | panels-changed | *",
      "none | development | escalation-to-cluster-closed | root on nodes can no longer be reached by service account argocd/plinth-ml",
      "other | all environments | removed Instrumentation of instrumentation",
    ],
  },
  {
    what: "a quota is halved",
    edit: team("data", (before) => ({
      quotas: {
        ...before.quotas,
        production: { ...small, cpu: "20", memory: "80Gi", persistentVolumeClaims: 40, storage: "2Ti" },
      },
    })),
    told: ["high | production | quota-lowered | quota of team-data shrinks: requests.cpu 40 → 20 (-50 %)"],
  },
  {
    what: "a quota is doubled",
    edit: team("backend", (before) => ({
      quotas: { ...before.quotas, production: { ...small, cpu: "40", memory: "80Gi" } },
    })),
    told: [
      "medium | production | quota-raised | quota of team-backend grows: limits.memory 40Gi → 80Gi (+100 %), requests.cpu 20 → 40 (+100 %) and*",
    ],
  },
  {
    what: "fewer pods everywhere",
    edit: team("frontend", (before) => ({
      quotas: Object.fromEntries(Object.entries(before.quotas).map(([name, quota]) => [name, { ...quota, pods: 100 }])),
    })),
    told: ["high | all environments | quota-lowered | quota of team-frontend shrinks: pods 200 → 100 (-50 %)"],
  },
  {
    what: "another group may look",
    edit: team("ml", {
      tenancy: { bindings: [{ group: "auditors", role: "namespace-viewer", because: "They look at models." }] },
    }),
    told: [
      "low | all environments | permission-gained-reading | group auditors gains get, list, watch configmaps, events, limitranges, namespaces and 63 more in team-ml",
    ],
  },
  {
    what: "another group may change everything",
    edit: team("data", {
      tenancy: {
        bindings: [
          {
            group: "contractors",
            role: "namespace-developer",
            environments: ["production"],
            because: "They migrate the books.",
          },
        ],
      },
    }),
    told: [
      "medium | production | permission-gained-writing | group contractors gains delete, get, list, watch pods; create pods/eviction; with 67 other kinds in team-data",
    ],
  },
  {
    what: "a group may look no more",
    edit: team("backend", { tenancy: {} }),
    told: [
      "medium | production | permission-lost-reading | group customer-support loses get, list, watch configmaps, events, limitranges, namespaces and 63 more in team-backend",
    ],
  },
  {
    what: "a namespace is closed in production",
    edit: team("ml", { tenancy: { cordon: { because: "The team is being split.", environments: ["production"] } } }),
    told: ["high | production | policy-begins-to-refuse | policy tenancy-cordon begins to refuse in team-ml"],
  },
  {
    what: "a team delivers from a repository of its own",
    edit: team("data", { repositories: ["https://git.example.com/astronomy-shop/data"] }),
    told: [
      "critical | development | escalation-to-cluster-opened | root on nodes can be reached by service account argocd/team-data",
      "critical | all environments | account-gained-escalating | service accounts argocd/argocd-application-controller and argocd/argocd-server gain*",
      "medium | development | escalation-opened | cloud role arn:aws:iam::111122223333:role/shop-accounting can be reached by service account argocd/team-data",
      "medium | staging | escalation-opened | cloud role arn:aws:iam::222233334444:role/shop-accounting can be reached by service account argocd/team-data",
      "medium | production | delivery-role-gained | project team-data lets group data-admins do 8 things with its applications, group data-developers*",
      "medium | all environments | delivery-widened | project team-data may deliver AnalysisTemplate.argoproj.io, ConfigMap, CronJob.batch, DaemonSet.apps,*",
      "medium | all environments | account-gained-writing | service account argocd/team-data gains create, delete, get, list, patch, update, watch*",
      "low | development and staging | delivery-role-gained | project team-data lets group data-viewers get its applications, groups data-admins and*",
      "other | production | added ServiceAccount of delivery-access",
    ],
  },
  {
    what: "a team delivers from no repository of its own any more",
    edit: team("backend", { repositories: [] }),
    told: [
      "high | all environments | account-lost-writing | service account argocd/team-backend loses create, delete, get, list, patch, update, watch*",
      "high | all environments | account-lost-escalating | service accounts argocd/argocd-application-controller and argocd/argocd-server lose impersonate*",
      "medium | all environments | delivery-narrowed | project team-backend may no longer deliver AnalysisTemplate.argoproj.io, ConfigMap, CronJob.batch,*",
      "medium | production | delivery-role-lost | project team-backend no longer lets group backend-admins do 8 things with its applications, group*",
      "low | development and staging | delivery-role-lost | project team-backend no longer lets group backend-viewers get its applications, groups*",
      "none | development | escalation-closed | cloud role arn:aws:iam::111122223333:role/shop-checkout can no longer be reached by service account argocd/team-backend",
      "none | staging | escalation-closed | cloud role arn:aws:iam::222233334444:role/shop-checkout can no longer be reached by service account argocd/team-backend",
      "none | development | escalation-to-cluster-closed | root on nodes can no longer be reached by service account argocd/team-backend",
      "other | production | removed ServiceAccount of delivery-access",
    ],
  },
  {
    what: "developers are another group",
    edit: team("backend", { groups: { developers: "shop-developers" } }),
    told: [
      "high | development | permission-gained-escalating | group shop-developers gains create, get pods/exec; with 73 other kinds in team-backend",
      "medium | staging | escalation-opened | cloud role arn:aws:iam::222233334444:role/shop-checkout can be reached by group shop-developers",
      "medium | production | permission-lost-writing | group backend-developers loses delete, get, list, watch pods; create pods/eviction; with 66 other kinds in team-backend",
      "medium | all environments | permission-lost-reading | group backend-developers loses get, list, watch namespaces,*",
      "medium | production | permission-gained-writing | group shop-developers gains delete, get, list, watch pods; create pods/eviction; with 66 other kinds in team-backend",
      "medium | production | delivery-role-gained | project plinth-backend lets group shop-developers get its applications",
      "medium | production | delivery-role-lost | project plinth-backend no longer lets group backend-developers get its applications",
      "medium | production | delivery-role-gained | project team-backend lets group shop-developers action/apps/DaemonSet/restart,*",
      "medium | production | delivery-role-lost | project team-backend no longer lets group backend-developers action/apps/DaemonSet/restart,*",
      "low | staging | permission-lost-writing | group backend-developers loses create, delete, get, list, patch, update, watch configmaps,*",
      "low | development | permission-lost-escalating | group backend-developers loses create, get pods/exec; with 73 other kinds in team-backend",
      "low | staging | permission-gained-writing | group shop-developers gains create, delete, get, list, patch, update, watch configmaps,*",
      "low | all environments | permission-gained-reading | group shop-developers gains get, list, watch namespaces,*",
      "low | development and staging | delivery-role-gained | project plinth-backend lets group shop-developers get and sync its applications",
      "low | development and staging | delivery-role-lost | project plinth-backend no longer lets group backend-developers get and sync its applications",
      "low | development and staging | delivery-role-gained | project team-backend lets group shop-developers do 8 things with its applications and group*",
      "low | development and staging | delivery-role-lost | project team-backend no longer lets group backend-developers do 8 things with its applications*",
      "low | development and staging | generation-changed | policy bootstrap-previews-of-backend does it otherwise (names name: shop-developers, no longer*",
      "none | staging | escalation-closed | cloud role arn:aws:iam::222233334444:role/shop-checkout can no longer be reached by group backend-developers",
    ],
  },
  {
    what: "only some storage classes",
    edit: team("data", { tenancy: { allowed: { storageClasses: ["gp3"] } } }),
    told: [
      "high | all environments | policy-begins-to-refuse | policy tenancy-storage-classes begins to refuse in team-data",
    ],
  },
  {
    what: "only some registries",
    edit: team("backend", { tenancy: { allowed: { registries: ["registry.example.com/backend"] } } }),
    told: [
      "high | all environments | policy-begins-to-refuse | policy tenancy-registries begins to refuse in team-backend",
      "medium | production | permission-lost-reading | group customer-support loses get, list, watch configmaps, events, limitranges, namespaces and 63 more in team-backend",
    ],
  },
  {
    what: "only some nodes",
    edit: team("ml", { tenancy: { nodeSelector: { "karpenter.sh/nodepool": "gpu" } } }),
    told: [
      "high | all environments | policy-begins-to-refuse | policy tenancy-node-selection begins to refuse in team-ml",
      "other | all environments | added MutatingAdmissionPolicy of tenancy-admission",
      "other | all environments | added MutatingAdmissionPolicyBinding of tenancy-admission",
    ],
  },
  {
    what: "a team has another channel",
    edit: team("integrations", { contact: { chat: "#integrations-alerts", email: "integrations@shop.example.com" } }),
    told: [
      "medium | production | tells-somebody-else | critical alerts of integrations tell #integrations-alerts and PagerDuty integrations, not*",
      "medium | production and staging | tells-somebody-else | warning alerts of integrations tell #integrations-alerts, not #team-integrations",
      "low | staging | tells-somebody-else | critical alerts of integrations tell #integrations-alerts, not #team-integrations",
      "none | all environments | dashboard-look-changed | *",
    ],
  },
  {
    what: "a team is on call in office hours only",
    edit: team("frontend", {
      onCall: { pagerduty: "frontend", hours: { from: "08:00", to: "18:00", timeZone: "Europe/Berlin" } },
    }),
    told: [
      "high | production | pages-somebody-else | critical alerts of frontend page PagerDuty frontend and PagerDuty platform, not PagerDuty frontend",
    ],
  },
  {
    what: "nobody of a team is on call",
    edit: (platform) => ({
      ...platform,
      teams: platform.teams.map(({ onCall, ...each }) =>
        each.name === "data" || onCall === undefined ? each : { ...each, onCall },
      ),
    }),
    told: [
      "high | production | pages-somebody-else | critical alerts of data page PagerDuty platform, not PagerDuty data",
      "other | production | changed ExternalSecret of alert-routing",
    ],
  },
];
