import type { Complaint, ComplaintEvent } from "./complaint.ts";

/** An agency that hears of a case, by what, and which number that event has among those of the case. */
type BroughtIn = { readonly agency: string; readonly by: ComplaintEvent; readonly number: number };

/** Everybody to whom the events of a case brought it, in order and as often as they did; while it is held back, nobody. */
export function broughtIn({ events, route }: Pick<Complaint, "events" | "route">): readonly BroughtIn[] {
  const heldBack = events.some(({ type }) => type === "quarantined");
  const routed = [...route.to, ...route.copy];
  return events.flatMap((by, number) =>
    agenciesOf(by, routed, heldBack).map((agency) => ({ agency, by, number })),
  );
}

function agenciesOf(event: ComplaintEvent, routed: readonly string[], heldBack: boolean): readonly string[] {
  switch (event.type) {
    case "filed":
      return heldBack ? [] : routed;
    case "released":
      return routed;
    case "delivered":
      return [event.agency];
    case "transferred":
      return [event.to];
    case "proposed":
      return event.signer === undefined ? [] : [event.signer];
    case "escalated":
    case "disputed":
    case "protected":
      return event.to;
    default:
      return [];
  }
}
