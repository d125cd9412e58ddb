import { cel } from "../admission/cel.ts";
import { cis, nsa } from "../admission/control.ts";
import { pods } from "../admission/match.ts";
import { type ParameterizedPolicy, parameterizedPolicy } from "../admission/parameterized-policy.ts";
import { pod } from "../admission/pod-fixture.ts";
import { violation } from "../admission/policy.ts";
import { imagesInFull, inShort } from "./image-reference.ts";

const defaults: { readonly registries: readonly string[]; readonly refused: readonly string[] } = {
  registries: [],
  refused: ["docker.io/"],
};

/** Images come from registries that somebody answers for. */
export const restrictImageRegistries: ParameterizedPolicy<typeof defaults> = parameterizedPolicy({
  defaults,
  parameters: {
    registries: "What the full names of images begin with, each with its slash at the end; any registry when empty.",
    refused: "What they may not begin with, even so.",
  },
  tried: [
    { registries: ["registry.example.com/", "111122223333.dkr.ecr.eu-central-1.amazonaws.com/shop/"] },
    {
      registries: ["docker.io/library/", "registry.example.com:5000/"],
      refused: ["docker.io/library/busybox", "docker.io/library/alpine"],
    },
    { registries: ["docker.io/platform/"], refused: [] },
  ],
  policy: ({ registries, refused }) => {
    const says = (name: string, image: string): string => `container ${name} runs the image ${image}`;
    return {
      name: "restrict-image-registries",
      title: "Restrict image registries",
      category: "Supply Chain",
      severity: "high",
      control: [
        cis("Configure Image Provenance using ImagePolicyWebhook admission controller"),
        nsa("Building secure container images"),
      ],
      why: "Whoever may push to a registry decides what runs: nobody scans, signs or keeps the images of one that the platform does not know.",
      fix:
        registries.length === 0
          ? "Copy the image to a registry of the platform and name that in image."
          : `Copy the image to ${registries.join(" or ")} and name that in image.`,
      match: pods(),
      variables: { images: imagesInFull },
      offenders: cel`variables.images
        .filter(i, ${refused}.exists(prefix, i.full.startsWith(prefix))
          || (${registries.length} > 0 && !${registries}.exists(prefix, i.full.startsWith(prefix))))
        .map(i, 'container ' + i.container + ' runs the image ' + i.image)`,
      good: (registries.length === 0 ? ["ghcr.io/", "localhost/", "registry.example.com:5000/"] : registries).map(
        (registry) =>
          pod({
            containers: [{ image: `${registry}cart:1.4.2` }],
            initContainers: [{ image: `${inShort(registry)}cart:1.4.2` }],
          }),
      ),
      bad: [
        ...refused.map((prefix) => {
          const image = `${prefix}sleep:1.0.0`;
          const at = [...(registries.length === 0 ? ["ghcr.io/"] : registries)][0] ?? "";
          return violation(
            pod({ containers: [{ image: `${at}cart:1.4.2` }, { name: "helper", image }] }),
            says("helper", image),
          );
        }),
        // Short names are of Docker Hub.
        ...(refused.includes("docker.io/")
          ? ["nginx:1.29.3", "shop/cart:1.4.2"].map((image) =>
              violation(pod({ containers: [{ image }] }), says("app", image)),
            )
          : [violation(pod({ containers: [{ image: "busybox:1.37" }] }), says("app", "busybox:1.37"))]),
        ...(registries.length === 0
          ? []
          : [
              "registry.example.com.evil.example.net/cart:1.4.2",
              "quay.io/shop/cart:1.4.2",
              "docker.io/shop/cart:1.4.2",
              "shop/cart:1.4.2",
            ].map((image) => violation(pod({ containers: [{ image }] }), says("app", image)))),
        violation(
          pod({
            containers: [{ image: `${registries[0] ?? "ghcr.io/"}cart:1.4.2` }],
            ephemeralContainers: [{ image: "docker.io/library/busybox" }],
          }),
          says("debugger", "docker.io/library/busybox"),
        ),
      ],
    };
  },
});
