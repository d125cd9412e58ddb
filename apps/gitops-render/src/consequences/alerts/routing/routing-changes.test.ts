import { describe, expect, test } from "vitest";
import { type Edit, modelEdits, production, service, team } from "../../whole/model-edits.fixture.ts";

const workingHours = {
  days: ["monday", "tuesday", "wednesday", "thursday", "friday"],
  from: "08:00",
  to: "18:00",
  timeZone: "Europe/Berlin",
} as const;
const sundayNight = {
  name: "sunday-night",
  because: "The database is looked after.",
  days: ["sunday"],
  from: "02:00",
  to: "03:00",
  timeZone: "UTC",
  teams: ["backend"],
  severities: ["warning"],
} as const;

const { told, unmirrored } = modelEdits("alert-rules", "alert-routing");

const edits: readonly (readonly [name: string, edit: Edit, said: readonly string[]])[] = [
  [
    "nobody is called any more",
    production((each) => ({ paging: { ...each.paging, critical: "chat" } })),
    [
      "paged-no-more (backend): critical alerts of backend page nobody any more: #team-backend is told, and PagerDuty backend was paged",
      "paged-no-more (frontend): critical alerts of frontend page nobody any more: #team-frontend is told, and PagerDuty frontend was paged",
      "paged-no-more (platform): critical alerts of platform page nobody any more: #platform is told, and PagerDuty platform was paged",
    ],
  ],
  [
    "nobody is told any more",
    production((each) => ({ paging: { ...each.paging, warning: "none" } })),
    [
      "told-no-more (backend): warning alerts of backend tell nobody any more; #team-backend was told",
      "told-no-more (frontend): warning alerts of frontend tell nobody any more; #team-frontend was told",
      "told-no-more (platform): warning alerts of platform tell nobody any more; #platform was told",
    ],
  ],
  [
    "warnings call somebody",
    production((each) => ({ paging: { ...each.paging, warning: "pagerduty" } })),
    [
      "paged-newly (backend): warning alerts of backend page PagerDuty backend; before, #team-backend was told",
      "paged-newly (frontend): warning alerts of frontend page PagerDuty frontend; before, #team-frontend was told",
      "paged-newly (platform): warning alerts of platform page PagerDuty platform; before, #platform was told",
    ],
  ],
  [
    "somebody else is called",
    team("backend", { onCall: { pagerduty: "orders" } }),
    ["pages-somebody-else (backend): critical alerts of backend page PagerDuty orders, not PagerDuty backend"],
  ],
  [
    "a team has another channel",
    team("backend", { contact: { chat: "#orders", email: "backend@example.com" } }),
    [
      "tells-somebody-else (backend): critical alerts of backend tell #orders and PagerDuty backend, not #team-backend and PagerDuty backend",
      "tells-somebody-else (backend): warning alerts of backend tell #orders, not #team-backend",
    ],
  ],
  [
    "warnings wait for working hours",
    production((each) => ({ paging: { ...each.paging, businessHours: workingHours } })),
    [
      "told-at-fewer-times: info alerts of backend, frontend and platform tell somebody 50 h a week, not at any time",
      "told-at-fewer-times: warning alerts of backend, frontend and platform tell somebody 50 h a week, not at any time",
    ],
  ],
  [
    "a team is called at working hours, and the platform else",
    team("backend", { onCall: { pagerduty: "backend", hours: workingHours } }),
    [
      "pages-somebody-else (backend): critical alerts of backend page PagerDuty backend and PagerDuty platform, not PagerDuty backend",
    ],
  ],
  [
    "a team is left alone for an hour a week",
    production((each) => ({ paging: { ...each.paging, maintenance: [sundayNight] } })),
    ["told-at-fewer-times (backend): warning alerts of backend tell somebody 167 h a week, not at any time"],
  ],
  [
    "a service calls nobody: no failure explains its own",
    service("frontend", { calls: [] }),
    [
      "alert-removed (frontend/frontend): DependencyFailing is gone",
      "inhibition-removed: alerts of frontend are told while a critical alert of checkout fires",
    ],
  ],
];

describe("Consequences for who is told", () => {
  test.each(edits)("%s", (_, edit, said) => {
    expect(told(edit)).toEqual(said);
    expect(unmirrored(edit)).toEqual([]);
  });
});
