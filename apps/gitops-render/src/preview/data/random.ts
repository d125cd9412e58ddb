/** A number from 0 up to 1 that a text stands for: always the same for the same text. FNV-1a with the last mixing of MurmurHash3. */
export function fractionOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 4_294_967_296;
}

/** As many hexadecimal digits as asked for. */
export function hexOf(text: string, length: number): string {
  return Array.from({ length }, (_, index) => Math.floor(fractionOf(`${index} ${text}`) * 16).toString(16)).join("");
}

/** One of a list. */
export function oneOf<Entry>(list: readonly Entry[], text: string): Entry | undefined {
  return list[Math.floor(fractionOf(text) * list.length)];
}
