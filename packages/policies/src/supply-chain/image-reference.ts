import { type CelExpression, cel } from "../admission/cel.ts";

/**
 * Names of images in full, as containers of a pod are pulled: `nginx:1.29` is `docker.io/library/nginx:1.29`. The part before the first slash is a registry when it
 * has a dot or a port, or is localhost.
 *
 * @see https://github.com/distribution/reference/blob/v0.6.0/normalize.go
 */
export const imagesInFull: CelExpression = cel`variables.containers.map(c, {
    'container': c.name,
    'image': c.image,
    'full': c.image.matches('^(localhost|[^/]*[.:][^/]*)/') ? c.image
      : c.image.contains('/') ? 'docker.io/' + c.image
      : 'docker.io/library/' + c.image
  })`;

/** What the full names of the images of Docker Hub begin with. */
export const dockerHub: string = "docker.io/";

/** The beginning of a full name as people write it: nothing of `docker.io/library/`. */
export function inShort(prefix: string): string {
  return prefix.replace(/^docker\.io\/(?:library\/)?/, "");
}

/** Matches a reference that ends in a digest: what is pulled is then what was meant. */
export const digestPattern: string = "@[a-z0-9]+([+._-][a-z0-9]+)*:[0-9a-fA-F]{32,}$";

/** A digest for examples. */
export const exampleDigest: string = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
