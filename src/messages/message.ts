/** A button or numbered line; `id` means something without memory, at most 64 bytes. */
export type Choice = { readonly id: string; readonly label: string };

/** What the bot says; a channel without buttons numbers the choices itself. */
export type Reply = { readonly text: string; readonly choices: readonly Choice[] };

export type InboundBody =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "choice"; readonly id: string }
  /** Something that the channel cannot read to us: a sticker, a place on the map. */
  | { readonly kind: "unsupported" }
  /** A file that was taken in for the complaint told or added to, `owner`; with what was written under it. */
  | { readonly kind: "file"; readonly owner: string; readonly file: TakenFile; readonly caption?: string }
  /** A file that was not taken in. */
  | { readonly kind: "refused-file"; readonly why: FileRefusal; readonly caption?: string };

/** A file of a person's that is kept, sealed with `key`. */
export type TakenFile = {
  readonly id: string;
  readonly key: string;
  readonly type: string;
  /** Bytes. */
  readonly size: number;
};

/**
 * Too large; nothing in it; a type that is not taken; a picture that cannot be read; not to be had from the platform; more
 * than one case may have; no complaint is being told or added to.
 */
export type FileRefusal = "large" | "empty" | "type" | "damaged" | "unreachable" | "room" | "many" | "alone";

/** One message from outside, the same from every channel. */
export type Inbound = {
  /** The channel's own name of this message; the same key twice is handled once. */
  readonly key: string;
  /** The chat it belongs to: `web:…`, `telegram:…`, `console:…`. */
  readonly conversation: string;
  /** The person who wrote; in a group not the chat. Persons act, chats receive. */
  readonly sender: string;
  /** False in a group, where nothing of one person's may be shown. */
  readonly privately: boolean;
  /** Stands for the network address it came from, where the channel sees one: equal for equal addresses, and never stored. */
  readonly origin?: string;
  readonly language?: "vi" | "en";
  readonly body: InboundBody;
  /** Text of the bot's message that this one answers (reply-to), where the channel tells it. */
  readonly inReplyTo?: string;
};
