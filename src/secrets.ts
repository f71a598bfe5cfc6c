/** Fewer different characters than this a random secret of our least length has less than once in a million. */
const FEWEST_DIFFERENT = 6;
/** Characters that a secret which opens a door must have at least. */
const SHORTEST = 20;
/** What stands in examples and on first tries. */
const DEFAULT = /change.?me|secret|passw|example|default|admin|motcua|123456|qwerty|your.?token|matkhau/i;
/** Bytes that the Standard Webhooks specification asks of a key. */
const SHORTEST_KEY = 24;

/** Why a secret would be guessed, as the end of a sentence about it; undefined for a good one and for none. */
export function weaknessOf(secret: string | undefined): string | undefined {
  if (secret === undefined) return undefined;
  if (secret.length < SHORTEST) return `is too short: ${SHORTEST} characters or more`;
  if (DEFAULT.test(secret)) return "looks like one from an example";
  if (new Set(secret).size < FEWEST_DIFFERENT || isRepeated(secret)) return "repeats itself";
  return undefined;
}

/** The same of the key that signs what goes to an agency's system: `whsec_` + base64. */
export function weaknessOfSigningKey(secret: string): string | undefined {
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  if (key.length < SHORTEST_KEY) return `is too short: ${SHORTEST_KEY} bytes or more`;
  return weaknessOf(key.toString("latin1"));
}

/** "abcabcabcabc". */
function isRepeated(text: string): boolean {
  return (text + text).indexOf(text, 1) < text.length;
}

/**
 * The secrets that are not settings by themselves, a line each with the remedy: the key that seals what is stored, and
 * the keys of agencies' systems.
 */
export function weaknessesIn(
  key: Uint8Array,
  signingKeys: readonly { readonly agency: string; readonly secret: string }[],
): string[] {
  const weakKey = weaknessOf(Buffer.from(key).toString("latin1"));
  return [
    ...(weakKey
      ? [
          `the identity key ${weakKey}; for a new store make one with: openssl rand -base64 32; a store that was begun with it has to be restored under a new one`,
        ]
      : []),
    ...signingKeys.flatMap(({ agency, secret }) => {
      const weakness = weaknessOfSigningKey(secret);
      return weakness
        ? [
            `the webhook secret of ${agency} in the contacts file ${weakness}; make one with: echo whsec_$(openssl rand -base64 32)`,
          ]
        : [];
    }),
  ];
}
