/**
 * Negative when `left` is the older Go version, zero when they are equal, positive when it is the newer one.
 *
 * Takes what go.mod writes (`1.26`, `1.26.6`) and what Go says of itself (`go1.26.8`, `go1.27rc1`, `go1.26.8 X:nocoverageredesign`).
 * `1.27` counts as 1.27.0, and a release candidate comes before its release. A development build (`devel go1.28-…`) counts
 * as the release that it leads to.
 *
 * @see https://go.dev/doc/toolchain#version
 * @example
 * compareGoVersions("go1.26.8", "1.26.6"); // positive
 */
export function compareGoVersions(left: string, right: string): number {
  const [a, b] = [parts(left), parts(right)];
  for (const [index, part] of a.entries()) {
    const difference = part - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

const preReleases: Readonly<Record<string, number>> = { alpha: 0, beta: 1, rc: 2 };
const release = 3;

function parts(version: string): readonly number[] {
  const match = /(\d+)\.(\d+)(?:\.(\d+))?(?:(alpha|beta|rc)(\d+))?/.exec(version);
  if (match === null) return [0, 0, 0, 0, 0];
  const [, major, minor, patch, stage, number] = match;
  return [
    Number(major),
    Number(minor),
    Number(patch ?? 0),
    stage === undefined ? release : (preReleases[stage] ?? release),
    Number(number ?? 0),
  ];
}
