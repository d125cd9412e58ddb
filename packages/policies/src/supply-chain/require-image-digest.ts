import { cel } from "../admission/cel.ts";
import { pods } from "../admission/match.ts";
import { type ParameterizedPolicy, parameterizedPolicy } from "../admission/parameterized-policy.ts";
import { pod } from "../admission/pod-fixture.ts";
import { violation } from "../admission/policy.ts";
import { digestPattern, dockerHub, exampleDigest, imagesInFull, inShort } from "./image-reference.ts";

const defaults: { readonly trusted: readonly string[] } = { trusted: [] };

const says = (image: string, container = "app"): string =>
  `container ${container} runs the image ${image} without a digest`;

/** What was tested is what runs: a digest is the content, a tag is whatever was pushed last. */
export const requireImageDigest: ParameterizedPolicy<typeof defaults> = parameterizedPolicy({
  defaults,
  parameters: { trusted: "What full names of images begin with whose registry never changes a tag." },
  tried: [
    { trusted: ["registry.example.com/shop/", "docker.io/library/"] },
    { trusted: ["docker.io/platform/", "docker.io/library/alpine-"] },
  ],
  policy: ({ trusted }) => ({
    name: "require-image-digest",
    title: "Require image digests",
    category: "Supply Chain",
    severity: "medium",
    why: "Whoever may push can put other content under a tag that was scanned and signed, and the next node pulls that.",
    fix: "Write the digest behind the tag in image (shop/cart:1.4.2@sha256:...), as a build or an update bot does.",
    // Teams begin with tags; the report says how far they are.
    auditOnly: true,
    match: pods(),
    variables: { images: imagesInFull },
    offenders: cel`variables.images
      .filter(i, !i.image.matches(${digestPattern}) && !${trusted}.exists(prefix, i.full.startsWith(prefix)))
      .map(i, 'container ' + i.container + ' runs the image ' + i.image + ' without a digest')`,
    good: [
      pod({ containers: [{ image: `ghcr.io/shop/cart@${exampleDigest}` }] }),
      ...trusted.map((prefix) => pod({ containers: [{ image: `${prefix}cart:1.4.2` }] })),
      ...trusted
        .filter((prefix) => prefix.startsWith(dockerHub))
        .map((prefix) => pod({ containers: [{ image: `${inShort(prefix)}cart:1.4.2` }] })),
      pod({
        containers: [{ image: `ghcr.io/shop/cart:1.4.2@${exampleDigest}` }],
        initContainers: [{ image: `registry.example.com:5000/shop/migrate:1.4.2@${exampleDigest}` }],
      }),
    ],
    bad: [
      violation(pod({ containers: [{ image: "ghcr.io/shop/cart:1.4.2" }] }), says("ghcr.io/shop/cart:1.4.2")),
      violation(
        pod({ containers: [{ image: "ghcr.io/shop/cart:sha256-0a1b" }] }),
        says("ghcr.io/shop/cart:sha256-0a1b"),
      ),
      violation(
        pod({
          containers: [{ image: `ghcr.io/shop/cart@${exampleDigest}` }],
          initContainers: [{ name: "migrate", image: "shop/cart:1.4.2" }],
        }),
        says("shop/cart:1.4.2", "migrate"),
      ),
    ],
  }),
});
