/**
 * A number from 0 up to 1 that a text stands for: always the same for the same text, and nothing like that of its neighbours.
 *
 * @see http://www.isthe.com/chongo/tech/comp/fnv/ FNV-1a, with the last mixing of MurmurHash3
 */
export function fractionOf(text: string): number {
  return hashOf(text) / 4_294_967_296;
}

/** As many letters and digits as asked for, as the ends of pods' names have them. */
export function nameEnd(text: string, length: number): string {
  // Those of k8s.io/apimachinery/pkg/util/rand: no vowels, so that no words come out.
  const letters = "bcdfghjklmnpqrstvwxz2456789";
  return Array.from({ length }, (_, index) => letters[hashOf(`${index} ${text}`) % letters.length] ?? "b").join("");
}

function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
