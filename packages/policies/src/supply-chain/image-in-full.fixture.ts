/** The full name of an image, said once more for tests: `nginx` is `docker.io/library/nginx`. */
export function inFull(image: string): string {
  const slash = image.indexOf("/");
  if (slash === -1) return `docker.io/library/${image}`;
  const first = image.slice(0, slash);
  return /[.:]/.test(first) || first === "localhost" ? image : `docker.io/${image}`;
}
