import { cel } from "../admission/cel.ts";
import { pods } from "../admission/match.ts";
import { type ParameterizedPolicy, parameterizedPolicy } from "../admission/parameterized-policy.ts";
import { pod } from "../admission/pod-fixture.ts";
import { violation } from "../admission/policy.ts";
import { exampleDigest } from "./image-reference.ts";

const defaults: { readonly pattern: string } = { pattern: "v?[0-9]+\\.[0-9]+\\.[0-9]+([-+_][0-9A-Za-z.-]+)?" };

/** Each image says which release it is. A digest alone passes: it needs no tag. */
export const requireVersionTags: ParameterizedPolicy<typeof defaults> = parameterizedPolicy({
  defaults,
  // https://semver.org/#backusnaur-form-grammar-for-valid-semver-versions, with the leading v and the suffixes that images have.
  parameters: { pattern: "A regular expression (RE2) that the whole tag must match." },
  tried: [{ pattern: "[0-9]{8}-[0-9a-f]{7}" }],
  policy: ({ pattern }) => {
    const semantic = pattern === defaults.pattern;
    const tags = semantic ? ["1.4.2", "v1.4.2", "1.4.2-rc.1", "1.4.2-alpine"] : ["20261121-0a1b2c3"];
    const others = semantic ? ["1.4", "main", "stable", "x1.4.2", "1.4.2."] : ["1.4.2", "20261121-0a1b2c3d"];
    const says = (image: string): string => `container app runs the image ${image}, whose tag is no version`;
    return {
      name: "require-version-tags",
      title: "Require versions as tags",
      category: "Supply Chain",
      severity: "low",
      why: "A tag such as 1.4 or main moves: nobody can tell from an object which release runs, and an update bot finds no newer one.",
      fix: "Name a released version in image (shop/cart:1.4.2).",
      auditOnly: true,
      match: pods(),
      // A port stands before a slash, a tag after the last one.
      offenders: cel`variables.containers
        .filter(c, !c.image.matches(${`^([^@]*/)?[^/:@]+:(${pattern})(@[^/]+)?$`}) && !c.image.matches('^([^@]*/)?[^/:@]+@[^/]+$'))
        .map(c, 'container ' + c.name + ' runs the image ' + c.image + ', whose tag is no version')`,
      good: [
        ...tags.map((tag) => pod({ containers: [{ image: `registry.example.com:5000/shop/cart:${tag}` }] })),
        pod({ containers: [{ image: `cart:${tags[0]}` }], initContainers: [{ image: `shop/cart@${exampleDigest}` }] }),
        pod({ containers: [{ image: `ghcr.io/shop/cart:${tags[0]}@${exampleDigest}` }] }),
      ],
      bad: [
        ...[
          ...others.map((tag) => `ghcr.io/shop/cart:${tag}`),
          "registry.example.com:5000/shop/cart",
          "nginx",
          `shop/cart:${others[0]}@${exampleDigest}`,
        ].map((image) => violation(pod({ containers: [{ image }] }), says(image))),
      ],
    };
  },
});
