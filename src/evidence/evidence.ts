/** Where a kept file is, and the key that alone opens it; the key lies with the case, never beside the file. */
export type Kept = { readonly id: string; readonly key: string };

/** Files that people send with their complaints, each sealed with a key of its own. */
export type EvidenceStore = {
  /** Whether the disk has room for so many bytes beside what complaints themselves need. */
  hasRoom(bytes: number): Promise<boolean>;
  /** Durable when it resolves. `owner`: id of the complaint, told or still being told. @throws NotSaved */
  put(owner: string, bytes: Uint8Array): Promise<Kept>;
  /** Undefined when it is gone. @throws StoreError when it was changed, or belongs elsewhere */
  get(owner: string, kept: Kept): Promise<Uint8Array | undefined>;
  /** Somebody still writes the complaint: its files count as new again. */
  touch(owner: string): Promise<void>;
  /**
   * The complaint is about to be filed: from now on its files go only with the case, whatever store is opened beside
   * them. Durable when it resolves; call it before the commit. @throws NotSaved
   */
  keep(owner: string): Promise<void>;
  /** Destroys the files of a complaint that was not sent; those of one that was filed stay. */
  discard(owner: string): Promise<void>;
  /** Destroys all files of a complaint. */
  remove(owner: string): Promise<void>;
  /** Whose files are kept; what else lies beside them is passed over. */
  owners(): AsyncIterable<string>;
  /** Undefined when there are none. */
  stateOf(owner: string): Promise<OwnerState | undefined>;
};

/** When the newest file came or was last touched, and whether `keep` was called. */
export type OwnerState = { readonly at: Date; readonly filed: boolean };

/** A file that a channel can fetch, once it is known to be wanted. */
export type IncomingFile = {
  /** What was written under it. */
  readonly caption?: string;
  /** `unreachable`: the platform does not hand it out now. */
  load(most: number): Promise<Uint8Array | "large" | "unreachable">;
};
