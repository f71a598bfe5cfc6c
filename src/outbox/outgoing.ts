import type { Identity } from "../complaints/person.ts";
import {
  type Content,
  type Delivery,
  type OpenNotice,
  openNotice,
  type Recipient,
} from "../messages/delivery.ts";
import type { Store } from "../store/store.ts";

/** A delivery on its way out: what stood for the person in it is opened. */
export type Outgoing = {
  readonly id: string;
  readonly to: Exclude<Recipient, { kind: "email" }> | { readonly kind: "email"; readonly address: string };
  readonly content:
    | Exclude<Content, { kind: "agency" }>
    | { readonly kind: "agency"; readonly notice: OpenNotice };
};

/**
 * Opens who the person is where a delivery needs it, and nowhere else. A notice goes without a name that is no longer
 * there; undefined for a letter to an address that is not.
 * @throws StoreError when the identity is damaged; NotSaved while a database is away
 */
export async function outgoing(
  { id, complaint, to, content }: Delivery,
  store: Pick<Store, "identity">,
): Promise<Outgoing | undefined> {
  const known = async (toldBy?: number): Promise<Identity | undefined> =>
    complaint === undefined ? undefined : store.identity(complaint, toldBy);
  const opened =
    content.kind === "agency"
      ? { ...content, notice: openNotice(content.notice, await personIn(content.notice, known)) }
      : content;
  if (to.kind !== "email") return { id, to, content: opened };
  const address = (await known())?.email;
  return address === undefined ? undefined : { id, to: { ...to, address }, content: opened };
}

async function personIn(
  { person }: Extract<Content, { kind: "agency" }>["notice"],
  known: (toldBy: number) => Promise<Identity | undefined>,
): Promise<Identity["person"]> {
  return person === null ? undefined : (await known(person.toldBy))?.person;
}
