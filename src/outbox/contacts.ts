import { readFileSync } from "node:fs";
import { z } from "zod";
import { reachOf } from "../channels/address.ts";
import { type Fault, parseYaml } from "../knowledge/read-yaml.ts";

const Secret = z
  .string("write the secret here, in quotes")
  .regex(
    /^whsec_(?=.)(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/,
    "write whsec_ followed by base64, with its = signs at the end",
  );

/** Base64 longer than any word of an id, an address or a sentence. */
const SECRET_PART = /[A-Za-z0-9+/]{20,}={0,2}/g;

const Telegram = z.strictObject({
  channel: z.literal("telegram"),
  chat: z
    .string('write the chat in quotes, as "-1001234567890"')
    .regex(/^-?\d+$/, 'write the number of the chat, as "-1001234567890"'),
});

const Email = z.strictObject({
  channel: z.literal("email"),
  to: z.email("write one bare address, as tiepnhan@example.gov.vn"),
});

const Webhook = z
  .strictObject({
    channel: z.literal("webhook"),
    url: z.string("write the whole address, with https://").superRefine((url, context) => {
      const problem = problemOf(url);
      if (problem) context.addIssue(problem);
    }),
    secret: Secret.optional(),
    secrets: z
      .array(Secret)
      .min(1, "give one secret, or two during rotation")
      .max(2, "give at most two secrets")
      .optional(),
  })
  .refine(
    ({ secret, secrets }) => (secret === undefined) !== (secrets === undefined),
    "give either secret, or secrets with one or two of them",
  )
  .transform(({ channel, url, secret, secrets }) => ({
    channel,
    url,
    secrets: secrets ?? (secret === undefined ? [] : [secret]),
  }));

const Contact = z.discriminatedUnion(
  "channel",
  [Telegram, Email, Webhook],
  "a contact needs channel: telegram, email or webhook",
);
/** One way to reach an agency. */
export type Contact = z.infer<typeof Contact>;

const ContactsFile = z
  .record(
    z.string(),
    z
      .array(Contact, "list the agency's contacts below it, each beginning with a hyphen")
      .min(1, "give the agency a contact, or remove it")
      .refine(
        (contacts) => new Set(contacts.map(contactKey)).size === contacts.length,
        "the agency has the same contact twice; remove one",
      ),
    "write each agency's id with its contacts below it",
  )
  .nullable();

/** How agencies are reached now. */
export type Contacts = {
  /** In the file's order; none for an agency that the file does not name. */
  contactsOf(agency: string): readonly Contact[];
};

/** The contact's name in a stored delivery. It holds no secret, so that rotating one changes no name. */
export function contactKey(contact: Contact): string {
  switch (contact.channel) {
    case "telegram":
      return `telegram:${contact.chat}`;
    case "email":
      return `email:${contact.to}`;
    case "webhook":
      return `webhook:${contact.url}`;
  }
}

/**
 * Reads CONTACTS_FILE. A missing file is no fault: then nobody can be reached. With faults the contacts are
 * incomplete and must not be used; a fault's text never holds a secret. Remarks are to be known.
 */
export function readContacts(
  file: string,
  agencyIds: { has(id: string): boolean },
): { readonly contacts: Contacts; readonly faults: readonly Fault[]; readonly remarks: readonly Fault[] } {
  const faults: Fault[] = [];
  const text = readText(file, faults);
  const read = text === undefined ? undefined : parseYaml(text, file, ContactsFile, faults);
  const agencies = Object.entries(read?.value ?? {});
  for (const [id] of agencies.filter(([id]) => !agencyIds.has(id))) {
    const problem = `${id} is no agency of knowledge/agencies; correct the id or add the agency`;
    faults.push({ file, line: lineOfKey(text ?? "", id), problem });
  }
  const byAgency = new Map(agencies);
  const remarks = sharedWays(agencies).map(([id, others]) => ({
    file,
    line: lineOfKey(text ?? "", id),
    problem: `${id} has a mailbox or chat in common with ${others.join(", ")}: nothing about the one reaches the other there; give each its own`,
  }));
  return {
    contacts: { contactsOf: (agency) => byAgency.get(agency) ?? [] },
    remarks,
    // YAML and schema may quote a misplaced word, and that word may be a secret, or part of one.
    faults: faults.map(({ line, problem }) => ({
      file,
      line,
      problem: problem.replaceAll(/whsec_[^\s"',]+/g, "whsec_…").replaceAll(SECRET_PART, "…"),
    })),
  };
}

/** Agencies whose people read the same mailbox or chat as others before them in the file. */
function sharedWays(agencies: readonly (readonly [string, readonly Contact[]])[]): [string, string[]][] {
  const readers = new Map<string, string[]>();
  return agencies.flatMap(([id, contacts]): [string, string[]][] => {
    const ways = contacts
      .filter(({ channel }) => channel !== "webhook")
      .map((contact) => contactKey(contact).toLowerCase());
    const others = ways.flatMap((way) => readers.get(way) ?? []);
    for (const way of ways) readers.set(way, [...(readers.get(way) ?? []), id]);
    return others.length === 0 ? [] : [[id, [...new Set(others)]]];
  });
}

function readText(file: string, faults: Fault[]): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOENT") return undefined;
    faults.push({
      file,
      line: 1,
      problem: `cannot be read (${String(code)}); check the file and its rights`,
    });
    return undefined;
  }
}

/** The reader knows the line of a value, which for a list is the one below its key. */
function lineOfKey(text: string, key: string): number {
  const lines = text.split("\n").map((line) => line.replaceAll(/["']/g, ""));
  return (
    Math.max(
      0,
      lines.findIndex((line) => line.startsWith(key) && /^\s*:/.test(line.slice(key.length))),
    ) + 1
  );
}

function problemOf(text: string): string | undefined {
  if (!URL.canParse(text)) return "write the whole address, with https://";
  const url = new URL(text);
  if (url.username || url.password)
    return "take name and password out of the address; the signature proves the sender";
  if (url.protocol === "https:") return undefined;
  if (url.protocol === "http:" && reachOf(url.hostname) === "loopback") return undefined;
  return "write https://; http:// is taken only to this machine";
}
