/** Where a kept file is, and the key that alone opens it; the key lies with the case, never beside the file. */
export type Kept = { readonly id: string; readonly key: string };

/** Files that people send with their complaints, each sealed with a key of its own. */
export type EvidenceStore = {
  /** Durable when it resolves. `owner`: id of the complaint, told or still being told. @throws NotSaved */
  put(owner: string, bytes: Uint8Array): Promise<Kept>;
  /** Undefined when it is gone. @throws StoreError when it was changed, or belongs elsewhere */
  get(owner: string, kept: Kept): Promise<Uint8Array | undefined>;
  /** Somebody still writes the complaint: its files count as new again. */
  touch(owner: string): Promise<void>;
  /** Destroys all files of a complaint. */
  remove(owner: string): Promise<void>;
  /** Whose files are kept, and since when the newest or last touched of them. */
  owners(): AsyncIterable<{ readonly owner: string; readonly at: Date }>;
};

/** A file that a channel can fetch, once it is known to be wanted. */
export type IncomingFile = {
  /** What was written under it. */
  readonly caption?: string;
  /** `unreachable`: the platform does not hand it out now. */
  load(most: number): Promise<Uint8Array | "large" | "unreachable">;
};
