/** 32 bits that stand for a text where one confusion in four thousand million is harmless (FNV-1a). */
export function hash(text: string): number {
  let hashed = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hashed = Math.imul(hashed ^ text.charCodeAt(at), 0x01000193);
  return hashed >>> 0;
}

/** 53 bits, where a confusion would put together what does not belong together. */
export function longHash(text: string): number {
  return hash(text) * 2 ** 21 + (hash(`\n${text}`) >>> 11);
}
