/** A button or numbered line; `id` means something without memory, at most 64 bytes. */
export type Choice = { readonly id: string; readonly label: string };

/** What the bot says; a channel without buttons numbers the choices itself. */
export type Reply = { readonly text: string; readonly choices: readonly Choice[] };

export type InboundBody =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "choice"; readonly id: string }
  /** Something that the channel cannot read to us: a sticker, a voice note. */
  | { readonly kind: "unsupported" };

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
