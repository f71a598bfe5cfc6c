import { type Identity, Person } from "../complaints/person.ts";
import type { Told } from "./entry.ts";

// An earlier program sealed who filed a case together with the case, and a notice with the name in it. What it stored is
// taken apart when it is opened.

/**
 * Events as they are now, and what they told of the person.
 * @param sealed what was sealed as events
 * @param revision number of the first of them
 * @param phoneMark hashes a phone number
 */
export function takenApart(
  sealed: unknown,
  revision: number,
  phoneMark: (phone: string) => string,
): { readonly events: unknown; readonly told: readonly Told[] } {
  if (!Array.isArray(sealed)) return { events: sealed, told: [] };
  const parts = sealed.map((event: unknown) => apart(event, phoneMark));
  return {
    events: parts.map(({ event }) => event),
    told: parts.flatMap(({ identity }, index) => (identity ? [{ event: revision + index, identity }] : [])),
  };
}

function apart(
  event: unknown,
  phoneMark: (phone: string) => string,
): { readonly event: unknown; readonly identity?: Identity } {
  if (!isFields(event)) return { event };
  if (event["type"] === "filed" && isFields(event["filing"])) {
    const { email: address, ...rest } = event;
    const { person: told, ...filing } = event["filing"];
    const person = Person.safeParse(told).data;
    const email = typeof address === "string" && address !== "" ? address : undefined;
    if (!person && email === undefined) return { event };
    return {
      event: {
        ...rest,
        filing: { ...filing, ...(person && { named: true }) },
        ...(email !== undefined && { mailed: true }),
        ...(person?.phone !== undefined && { phoneMark: phoneMark(person.phone) }),
      },
      identity: { ...(person && { person }), ...(email !== undefined && { email }) },
    };
  }
  if (event["type"] !== "identity-opened") return { event };
  const { person: told, ...rest } = event;
  const person = Person.safeParse(told).data;
  return person ? { event: { ...rest, given: true }, identity: { person } } : { event };
}

/** A delivery as it is now: who the person is, and where they get letters, is looked up when it is sent. */
export function unnamed(delivery: unknown): unknown {
  if (!isFields(delivery) || !isFields(delivery["to"]) || !isFields(delivery["content"])) return delivery;
  const { to, content } = delivery;
  if (to["kind"] === "email") return { ...delivery, to: { kind: "email" } };
  const { notice } = content;
  if (!isFields(notice) || !isFields(notice["person"]) || !("name" in notice["person"])) return delivery;
  const person = { toldBy: eventOf(delivery) };
  return { ...delivery, content: { ...content, notice: { ...notice, person } } };
}

/** Number of the event that a notice was promised with: the ids of both begin with the complaint and that number. */
function eventOf({ id, complaint }: Fields): number {
  const number = Number(
    String(id)
      .slice(String(complaint).length + 1)
      .split(".")[0],
  );
  return Number.isSafeInteger(number) ? number : 0;
}

type Fields = Readonly<Record<string, unknown>>;

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
