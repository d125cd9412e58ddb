import type { EditCase } from "./consequences-edits.ts";
import { environment, service, team, telemetry, together, withoutService } from "./consequences-edits.ts";

/** Several edits in one pull request, and edits that say the same. */
export const pullRequestCases: readonly EditCase[] = [
  { what: "nothing", edit: (platform) => platform, told: [] },
  {
    what: "the same in another order",
    edit: (platform) => ({
      ...platform,
      services: [...platform.services].reverse(),
      teams: [...platform.teams].reverse(),
      components: [...(platform.components ?? [])].reverse(),
    }),
    told: [],
  },
  {
    what: "two services call a third",
    edit: together(
      service("ad", (before) => ({ calls: [...(before.calls ?? []), "currency"] })),
      service("recommendation", (before) => ({ calls: [...(before.calls ?? []), "currency"] })),
    ),
    told: [
      "medium | all environments | connection-opened-between-teams | ad → currency:7001 opens",
      "medium | all environments | connection-opened-between-teams | recommendation → currency:7001 opens",
      "medium | all environments | inhibition-added | alerts of ad and recommendation are quiet while a critical alert of currency fires",
      "none | all environments | dashboard-look-changed | *",
    ],
  },
  {
    what: "fewer traces, and a smaller quota",
    edit: together(
      telemetry("production", { sampling: { critical: 10, high: 5, medium: 5, low: 5 } }),
      team("ml", (before) => ({
        quotas: Object.fromEntries(
          Object.entries(before.quotas).map(([name, quota]) => [name, { ...quota, cpu: "15" }]),
        ),
      })),
    ),
    told: [
      "high | production | quota-lowered | quota of team-ml shrinks: requests.cpu 40 → 15 (-62 %)",
      "medium | production | sampling-reduced | other traces are kept to 5 %, not to 10 %: 2 times fewer",
      "medium | production | sampling-reduced | traces of tier critical are kept to 10 %, not to 20 %: 2 times fewer",
      "medium | production | sampling-reduced | traces of tier high are kept to 5 %, not to 15 %: 3 times fewer",
      "medium | development and staging | quota-lowered | quota of team-ml shrinks: requests.cpu 20 → 15 (-25 %)",
    ],
  },
  {
    what: "exec everywhere it may be",
    edit: environment("staging", (before) => ({ access: { ...before.access, exec: true } })),
    told: [
      "high | staging | permission-gained-escalating | group platform-admins gains create, get pods/attach and pods/exec; get, patch, update*",
      "high | staging | permission-gained-escalating | group platform-operators gains create, get pods/attach; get, patch, update pods/ephemeralcontainers in the whole cluster",
      "high | staging | permission-gained-escalating | groups backend-admins, backend-developers, data-admins, data-developers, frontend-admins,*",
      "medium | staging | policy-stops-refusing | policy guard-closed-pods stops refusing in team-backend, team-data, team-frontend, team-integrations, team-ml and team-platform",
    ],
  },
  {
    what: "a service goes, and another one calls what is left",
    edit: together(
      withoutService("load-generator"),
      service("shipping", (before) => ({ calls: [...(before.calls ?? []), "currency"] })),
    ),
    told: [
      "medium | all environments | connection-opened-between-teams | shipping → currency:7001 opens",
      "medium | all environments | inhibition-added | alerts of shipping are quiet while a critical alert of currency fires",
      "medium | development and staging | service-removed | service load-generator goes",
      "none | all environments | dashboard-look-changed | *",
    ],
  },
];
