import { cel } from "../admission/cel.ts";
import { pods } from "../admission/match.ts";
import { pod } from "../admission/pod-fixture.ts";
import { definePolicy, type Policy, violation } from "../admission/policy.ts";
import { podSecurityControls } from "./checks.ts";
import { securityContexts } from "./pod-variables.ts";

const allowed: readonly string[] = ["RuntimeDefault", "Localhost"];

/** The way to say it before Kubernetes 1.30, which the API server still reads: the name of the container stands behind it. */
const annotationPrefix = "container.apparmor.security.beta.kubernetes.io/";

/** No container may switch AppArmor off. */
export const restrictAppArmorProfiles: Policy = definePolicy({
  name: "restrict-apparmor-profiles",
  title: "Restrict AppArmor profiles",
  category: "Pod Security",
  severity: "high",
  control: podSecurityControls("appArmorProfile"),
  why: "Without the AppArmor profile of the runtime a container may write to places of the kernel that it has no business with.",
  fix: "Remove it, or use the profile RuntimeDefault or Localhost.",
  match: pods(),
  variables: {
    securityContexts,
    // A template of a Job may have no metadata.
    annotations: cel`has(object.metadata) ? object.metadata.?annotations.orValue({}) : {}`,
  },
  offenders: cel`variables.securityContexts
    .filter(s, has(s.sets.appArmorProfile) && !(s.sets.appArmorProfile.type in ${allowed}))
    .map(s, s.of + ' sets securityContext.appArmorProfile.type to ' + s.sets.appArmorProfile.type)
    + variables.annotations
    .filter(a, a.startsWith(${annotationPrefix}) && !(variables.annotations[a] in ['', 'runtime/default'])
      && !variables.annotations[a].startsWith('localhost/'))
    .map(a, 'the annotation ' + a + ' is ' + variables.annotations[a])`,
  good: [
    pod(),
    pod({
      securityContext: { appArmorProfile: { type: "RuntimeDefault" } },
      containers: [{ securityContext: { appArmorProfile: { type: "Localhost", localhostProfile: "shop" } } }],
    }),
    pod({
      annotations: {
        [`${annotationPrefix}app`]: "runtime/default",
        [`${annotationPrefix}app-2`]: "localhost/shop",
        [`${annotationPrefix}init`]: "",
        "example.com/apparmor": "unconfined",
      },
      containers: [{}, {}],
      initContainers: [{}],
    }),
  ],
  bad: [
    violation(
      pod({ securityContext: { appArmorProfile: { type: "Unconfined" } } }),
      "the pod sets securityContext.appArmorProfile.type to Unconfined",
    ),
    violation(
      pod({
        securityContext: { appArmorProfile: { type: "RuntimeDefault" } },
        containers: [{ securityContext: { appArmorProfile: { type: "Unconfined" } } }],
        initContainers: [{ securityContext: { appArmorProfile: { type: "Unconfined" } } }],
      }),
      "container app sets securityContext.appArmorProfile.type to Unconfined",
      "container init sets securityContext.appArmorProfile.type to Unconfined",
    ),
    violation(
      pod({ ephemeralContainers: [{ securityContext: { appArmorProfile: { type: "Unconfined" } } }] }),
      "container debugger sets securityContext.appArmorProfile.type to Unconfined",
    ),
    violation(
      pod({ annotations: { [`${annotationPrefix}app`]: "unconfined" } }),
      `the annotation ${annotationPrefix}app is unconfined`,
    ),
    violation(
      pod({
        annotations: { [`${annotationPrefix}app`]: "localhost/shop", [`${annotationPrefix}init`]: "unconfined" },
        initContainers: [{}],
      }),
      `the annotation ${annotationPrefix}init is unconfined`,
    ),
  ],
});
