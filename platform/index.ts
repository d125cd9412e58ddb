import { definePlatform } from "@plinth/core";
import { alertOverrides } from "./alerts.ts";
import { components } from "./components.ts";
import { businessDashboards } from "./dashboards.ts";
import { dataStores } from "./data-stores.ts";
import { development } from "./environments/development.ts";
import { production } from "./environments/production.ts";
import { staging } from "./environments/staging.ts";
import { exceptions, rollouts } from "./policies.ts";
import { services } from "./services.ts";
import { teams } from "./teams.ts";

/** What is rendered beside everything that Plinth makes of any platform. */
export const additionalComponents = [businessDashboards];

export default definePlatform({
  name: "astronomy-shop",
  domain: "shop.example.com",
  repository: { url: "https://git.example.com/astronomy-shop/platform" },
  environments: [development, staging, production],
  teams,
  services,
  dataStores,
  components,
  policyRollouts: rollouts,
  policyExceptions: exceptions,
  alertOverrides,
});
