import { z } from "zod";
import type { Complaint } from "./complaint.ts";

/** A name as the person wrote it, and a phone number in the form they typed. */
export const Person = z.object({ name: z.string(), phone: z.string().optional() });
export type Person = z.infer<typeof Person>;

/**
 * What tells who filed a case (danh tính). It is kept apart from the case, under a key of its own: a case says only that
 * there is one.
 */
export const Identity = z.object({
  /** Present only with consent for this case. */
  person: Person.exactOptional(),
  /** E-mail address for notices; never leaves to an agency. */
  email: z.string().exactOptional(),
});
export type Identity = z.infer<typeof Identity>;

/** Numbers of the events with which the person said who they are: with each one an identity is kept. */
export function identifyingEvents({ events }: Pick<Complaint, "events">): number[] {
  return events.flatMap((event, number) => {
    if (event.type === "filed") return event.filing.named || event.mailed ? [number] : [];
    return event.type === "identity-opened" && event.given ? [number] : [];
  });
}
