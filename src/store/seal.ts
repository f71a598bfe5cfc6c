import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomFillSync } from "node:crypto";
import { remember } from "../text/remember.ts";
import { StoreError } from "./store.ts";

/** Bytes of an identity key, of a data key and of what is derived from them. */
export const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** 128 bits: no two names of one store meet, and an index line stays short. */
const LOOKUP_BYTES = 16;
/** Names whose keyed hashes, and data keys whose plain forms, are kept in memory. */
const REMEMBERED = 2_000;
/** Bound into every seal, so that a later way of sealing cannot be mistaken for this one. */
const VERSION = 1;

/** An owner's data key, itself sealed; `kek` names the identity key that opens it, for rotation. */
export type Wrapped = { readonly kek: string; readonly key: string };
/** A data key with its wrapped form, the only one that is ever written. It is unwrapped when it is needed. */
export type OwnerKey = { readonly wrapped: Wrapped; plain(): Uint8Array };
/** What is looked up by a name that must not be readable on disk. */
export type LookupKind =
  | "code"
  | "conversation"
  | "message"
  | "sender"
  | "delivery"
  | "agency"
  | "lane"
  | "dossier"
  | "phone";

/**
 * Secrets of a store that names and chains hang on. They stay when the identity key changes: what is looked up, chained
 * or handed out under them could not be found, checked or recognised otherwise.
 */
export const ROOTS = ["lookup", "link", "sessions"] as const;
export type Root = (typeof ROOTS)[number];

/** Takes in what it proves, piece by piece. */
export type Proof = { update(piece: string | Uint8Array): void; digest(): string };

/** All that is done with the identity key. */
export type Sealer = {
  /** Names the identity key without telling anything of it. */
  readonly keyId: string;
  /** A name's keyed hash: equal names meet, and without the key nobody can try names out. */
  lookup(kind: LookupKind, name: string): string;
  /** The next digest of a chain of records: without the key nobody can make a chain up that leaves one out. */
  link(before: string, record: string): string;
  /** Proves that what is given to it was written by somebody who has the identity key. */
  proof(): Proof;
  /** A secret of the store; until the first change of the identity key it follows from that. */
  root(name: Root): Uint8Array;
  /** From now on this root is what `key` holds, as after a change of the identity key. */
  adopt(name: Root, key: OwnerKey): void;
  /** A data key as it is written. */
  wrap(owner: string, plain: Uint8Array): Wrapped;
  /** A fresh data key; who loses it loses everything sealed under it. */
  newKey(owner: string): OwnerKey;
  /** Its `plain` throws StoreError when the key was wrapped for somebody else or by another identity key. */
  ownerKey(owner: string, wrapped: Wrapped): OwnerKey;
};

/** @param identityKey 32 bytes, from identity-key.ts */
export function createSealer(identityKey: Uint8Array): Sealer {
  const derive = (purpose: string, bytes: number): Buffer =>
    Buffer.from(hkdfSync("sha256", identityKey, "", `motcua ${purpose} ${VERSION}`, bytes));
  const wrapping = derive("wrap", KEY_BYTES);
  const roots: Record<Root, Uint8Array> = {
    lookup: derive("lookup", KEY_BYTES),
    link: derive("link", KEY_BYTES),
    sessions: derive("sessions", KEY_BYTES),
  };
  const proving = derive("proof", KEY_BYTES);
  const keyId = derive("key id", 8).toString("hex");
  let lookup = lookupsUnder(roots.lookup);
  const wrap = (owner: string, plain: Uint8Array): Wrapped => {
    return { kek: keyId, key: encrypt(wrapping, bind(owner, "key"), plain) };
  };
  const unwrap = remember<Parameters<Unwrap>, Uint8Array>(
    REMEMBERED,
    (owner, key) => `${owner} ${key}`,
    // A copy of its own: a view would hold on to the whole block that it was decrypted in.
    (owner, key, made) => made ?? new Uint8Array(decrypt(wrapping, bind(owner, "key"), key)),
  );

  return {
    keyId,
    root: (name) => roots[name],
    adopt: (name, key) => {
      roots[name] = key.plain();
      lookup = lookupsUnder(roots.lookup);
    },
    wrap,
    lookup: (kind, name) => lookup(kind, name),
    proof: () => {
      const mac = createHmac("sha256", proving);
      return { update: (piece) => void mac.update(piece), digest: () => mac.digest("hex") };
    },
    link: (before, record) =>
      createHmac("sha256", roots.link).update(`${before}\0${record}`).digest("base64url"),
    newKey: (owner) => {
      const plain = freshBytes(KEY_BYTES);
      const { kek, key } = wrap(owner, plain);
      unwrap(owner, key, plain);
      return new KeptKey(owner, kek, key, unwrap);
    },
    // One text for the name of the identity key, not one for each data key.
    ownerKey: (owner, { kek, key }) => new KeptKey(owner, kek === keyId ? keyId : kek, key, unwrap),
  };
}

/**
 * @param key as it is written
 * @param made the plain key, where it is known already
 */
type Unwrap = (owner: string, key: string, made?: Uint8Array) => Uint8Array;

/** A store has several of these a complaint, so they are small: no plain key, nothing of their own but texts. */
class KeptKey implements OwnerKey {
  readonly #owner: string;
  readonly #kek: string;
  readonly #key: string;
  readonly #unwrap: Unwrap;

  constructor(owner: string, kek: string, key: string, unwrap: Unwrap) {
    this.#owner = owner;
    this.#kek = kek;
    this.#key = key;
    this.#unwrap = unwrap;
  }

  get wrapped(): Wrapped {
    return { kek: this.#kek, key: this.#key };
  }

  plain(): Uint8Array {
    return this.#unwrap(this.#owner, this.#key);
  }
}

/** One message is looked up under the same few names many times. */
function lookupsUnder(root: Uint8Array): Sealer["lookup"] {
  const named = (kind: LookupKind, name: string): string => `${kind}\0${name}`;
  return remember(REMEMBERED, named, (kind, name) =>
    createHmac("sha256", root)
      .update(named(kind, name))
      .digest()
      .subarray(0, LOOKUP_BYTES)
      .toString("base64url"),
  );
}

/** Seals a text for one field of the key's owner; it opens nowhere else. */
export function seal(key: OwnerKey, owner: string, field: string, text: string): string {
  return encrypt(key.plain(), bind(owner, field), Buffer.from(text));
}

/** @throws StoreError when it was changed, or was sealed for another owner or field */
export function unseal(key: OwnerKey, owner: string, field: string, sealed: string): string {
  return decrypt(key.plain(), bind(owner, field), sealed).toString();
}

function bind(owner: string, field: string): string {
  return JSON.stringify([VERSION, owner, field]);
}

function encrypt(key: Uint8Array, bound: string, plain: Uint8Array): string {
  const nonce = fresh(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(bound));
  const body = [cipher.update(plain), cipher.final()];
  return Buffer.concat([nonce, cipher.getAuthTag(), ...body]).toString("base64");
}

// Asking the system for a few bytes costs as much as sealing a short text, so they are asked for in thousands.
const random = Buffer.alloc(16_384);
let randomUsed = random.length;

/** From a cryptographic source; many small ones cost a part of what asking the system for each would. */
export function freshBytes(bytes: number): Uint8Array {
  return new Uint8Array(fresh(bytes));
}

/** Random bytes that nothing else gets; valid until the next turn of the pool, so that what is kept is copied. */
function fresh(bytes: number): Buffer {
  if (randomUsed + bytes > random.length) {
    randomFillSync(random);
    randomUsed = 0;
  }
  randomUsed += bytes;
  return random.subarray(randomUsed - bytes, randomUsed);
}

function decrypt(key: Uint8Array, bound: string, sealed: string): Buffer {
  const bytes = Buffer.from(sealed, "base64");
  const nonce = bytes.subarray(0, NONCE_BYTES);
  const tag = bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES);
  try {
    const decipher = createDecipheriv("aes-256-gcm", key, nonce, { authTagLength: TAG_BYTES });
    decipher.setAAD(Buffer.from(bound)).setAuthTag(tag);
    return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
  } catch (cause) {
    throw new StoreError(`sealed content ${bound} does not open: it was changed, or belongs elsewhere`, {
      cause,
    });
  }
}
