import { Pod } from "kubernetes-models/v1/Pod";
import { cel } from "../admission/cel.ts";
import { object } from "../admission/object-fixture.ts";
import { patchesOf, writeInContainers, writeWhere } from "./json-patch.ts";
import { type Mutation, podKind } from "./mutation.ts";

const image = "registry.example.com/shop/cart:1.4.2";
const hardened = { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } };
const runtimeDefault = { type: "RuntimeDefault" } as const;
const hardenedPod = { runAsNonRoot: true, seccompProfile: runtimeDefault };

// The API server refuses allowPrivilegeEscalation: false beside what is privileged: k8s.io/kubernetes pkg/apis/core/validation, ValidateSecurityContext.
const powerful = cel`c.?securityContext.?privileged.orValue(false)
  || c.?securityContext.?capabilities.?add.orValue([]).exists(name, name in ['SYS_ADMIN', 'CAP_SYS_ADMIN'])`;

/**
 * What Pod Security `restricted` asks of a pod that says nothing. Only where `restricted` is enforced: every pod that it changes would be refused otherwise,
 * so that it never takes from a pod what the pod could have had.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
 */
export const defaultSecurityContext: Mutation = {
  name: "default-security-context",
  title: "Default security context",
  category: "Pod Security",
  what: "A pod that does not say otherwise runs as a user that is not root, with the runtime's seccomp profile, without more privileges than its parent and without capabilities.",
  why: "Without it, pods that operators and charts make are refused where Pod Security enforces `restricted`, for fields that nobody thought of.",
  keepYourOwn: "Set the field, on the pod or on the container: what is set stays as it is.",
  kinds: [podKind],
  conditions: {
    // Windows knows none of these fields; a pod for Windows nodes that does not say so is left to Pod Security.
    "not-windows": cel`object.spec.?os.?name.orValue('linux') != 'windows'
      && object.spec.?nodeSelector[?'kubernetes.io/os'].orValue('linux') != 'windows'`,
  },
  variables: {
    // In a user namespace root is nobody on the node, and `restricted` lets it run; elsewhere user 0 is a wish that is refused by its own name.
    mayBeRoot: cel`!object.spec.?hostUsers.orValue(true) || object.spec.?securityContext.?runAsUser.orValue(1) == 0`,
  },
  patches: [
    patchesOf(
      writeWhere(cel`!has(object.spec.securityContext)`, "/spec/securityContext", cel`{}`),
      writeWhere(
        cel`!object.spec.?securityContext.?runAsNonRoot.hasValue() && !variables.mayBeRoot`,
        "/spec/securityContext/runAsNonRoot",
        true,
      ),
      writeWhere(
        cel`!object.spec.?securityContext.?seccompProfile.hasValue()`,
        "/spec/securityContext/seccompProfile",
        cel`{'type': 'RuntimeDefault'}`,
      ),
    ),
    writeInContainers(cel`!has(c.securityContext)`, "/securityContext", cel`{}`),
    writeInContainers(
      cel`!has(c.securityContext.allowPrivilegeEscalation) && !${powerful}`,
      "/securityContext/allowPrivilegeEscalation",
      false,
    ),
    writeInContainers(cel`!has(c.securityContext.capabilities)`, "/securityContext/capabilities", cel`{}`),
    writeInContainers(
      cel`!has(c.securityContext.capabilities.drop) && !${powerful}`,
      "/securityContext/capabilities/drop",
      ["ALL"],
    ),
  ],
  changes: [
    {
      before: object(Pod, { spec: { containers: [{ name: "app", image }] } }),
      after: object(Pod, {
        spec: { securityContext: hardenedPod, containers: [{ name: "app", image, securityContext: hardened }] },
      }),
    },
    {
      before: object(Pod, {
        spec: {
          securityContext: { fsGroup: 1000 },
          initContainers: [{ name: "migrate", image, securityContext: { readOnlyRootFilesystem: true } }],
          containers: [
            { name: "app", image, securityContext: { capabilities: { add: ["NET_BIND_SERVICE"] } } },
            { name: "agent", image, securityContext: { allowPrivilegeEscalation: false } },
          ],
        },
      }),
      after: object(Pod, {
        spec: {
          securityContext: { fsGroup: 1000, ...hardenedPod },
          initContainers: [{ name: "migrate", image, securityContext: { readOnlyRootFilesystem: true, ...hardened } }],
          containers: [
            {
              name: "app",
              image,
              securityContext: {
                allowPrivilegeEscalation: false,
                capabilities: { add: ["NET_BIND_SERVICE"], drop: ["ALL"] },
              },
            },
            { name: "agent", image, securityContext: hardened },
          ],
        },
      }),
    },
    {
      before: object(Pod, {
        spec: { hostUsers: false, containers: [{ name: "app", image, securityContext: hardened }] },
      }),
      after: object(Pod, {
        spec: {
          hostUsers: false,
          securityContext: { seccompProfile: runtimeDefault },
          containers: [{ name: "app", image, securityContext: hardened }],
        },
      }),
    },
  ],
  keeps: [
    object(Pod, {
      spec: { securityContext: hardenedPod, containers: [{ name: "app", image, securityContext: hardened }] },
    }),
    // What is set stays, also where Pod Security refuses it.
    object(Pod, {
      spec: {
        securityContext: { runAsNonRoot: false, seccompProfile: { type: "Localhost", localhostProfile: "audit.json" } },
        containers: [
          {
            name: "app",
            image,
            securityContext: { allowPrivilegeEscalation: true, capabilities: { drop: ["NET_RAW"] } },
          },
        ],
      },
    }),
    object(Pod, {
      spec: {
        securityContext: { runAsUser: 0, seccompProfile: runtimeDefault },
        containers: [{ name: "app", image, securityContext: { privileged: true, capabilities: {} } }],
      },
    }),
    object(Pod, {
      spec: {
        securityContext: hardenedPod,
        containers: [{ name: "app", image, securityContext: { capabilities: { add: ["SYS_ADMIN"] } } }],
      },
    }),
    object(Pod, { spec: { os: { name: "windows" }, containers: [{ name: "app", image }] } }),
    object(Pod, { spec: { nodeSelector: { "kubernetes.io/os": "windows" }, containers: [{ name: "app", image }] } }),
  ],
  inEnvironment: (_platform, { admission }) =>
    admission.podSecurity.enforce === "restricted" ? defaultSecurityContext : undefined,
};
