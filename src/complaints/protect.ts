import type { Delivery } from "../messages/delivery.ts";
import { official } from "../wording/official.ts";
import { questionOf } from "./accused.ts";
import { broughtIn } from "./brought-in.ts";
import { applyEvent, type Complaint, type ComplaintEvent } from "./complaint.ts";
import { agencyDeliveries, agencyName, answerDue, type Rules } from "./file.ts";
import { noticeOf } from "./notice.ts";
import { inform } from "./progress.ts";
import { wholeText } from "./quarantine.ts";
import { custodianFor } from "./route.ts";
import { promiseTo, type Step, toAgencies } from "./tell.ts";

/** All agencies that were told of a case so far, in the order they were; while it is held back, none. */
export function viewersOf(complaint: Pick<Complaint, "events" | "route">): string[] {
  return [...new Set(broughtIn(complaint).map(({ agency }) => agency))];
}

/**
 * The person is under pressure: the case goes to its custodian alone, who learns who knew of it before. Those hear only
 * that nothing more is to be done. In the protected lane already, the custodian hears what the person says.
 */
export function protect(complaint: Complaint, words: string | undefined, now: Date, rules: Rules): Step {
  if (complaint.lane === "protected") {
    return words === undefined ? { events: [], deliveries: [] } : inform(complaint, words, now, rules);
  }
  const seen = viewersOf(complaint);
  const custodian = custodianFor(questionOf(complaint), seen, rules.directory);
  const fresh = answerDue(complaint.filing.kind, now, rules);
  const event: ComplaintEvent = {
    type: "protected",
    at: now.toISOString(),
    to: [custodian],
    seen,
    // Who gets it now has a whole limit, and the first promise is never shortened.
    answerDue: fresh > complaint.answerDue ? fresh : complaint.answerDue,
    ...(words !== undefined && { words }),
  };
  const after = { ...applyEvent(complaint.id, complaint, event), revision: complaint.revision };
  const names = seen.map((id) => agencyName(id, rules.directory));
  const text = official.protectedStory(heldBackText(complaint), words, names);
  const former = complaint.holders.filter((id) => id !== custodian);
  return {
    events: [event],
    deliveries: [
      ...toAgencies(after, [custodian], "protected", rules, text),
      // By the ways that they had: from now on there are none to them.
      ...former.flatMap((agency) =>
        agencyDeliveries(promiseTo(agency, complaint, rules), rules, (id, responsible) =>
          noticeOf(after, id, "ended", responsible, official.endedStory),
        ),
      ),
    ],
  };
}

/** What was told, with what was added while nobody was told of it yet. */
function heldBackText(complaint: Complaint): string {
  return complaint.status === "quarantined" ? wholeText(complaint) : complaint.filing.text;
}

/**
 * A notice to one who may no longer hear of a case in the protected lane: promised before it went there, or of the end of
 * what had never reached them. It is not to be sent any more.
 */
export function isWithheld(complaint: Complaint, { id, to, content }: Delivery): boolean {
  if (complaint.lane !== "protected") return false;
  const moved = complaint.events.findLastIndex(({ type }) => type === "protected");
  // Asked of officials of those who had it before: to sign an answer that nobody will give.
  if (content.kind === "official") return eventOf(complaint, id) < moved;
  if (to.kind !== "agency" || content.kind !== "agency") return false;
  if (content.notice.event === "ended")
    return !complaint.events.some((event) => event.type === "delivered" && event.agency === to.agency);
  return eventOf(complaint, id) < moved && !complaint.holders.includes(content.notice.agency.id);
}

/** Number of the event that a promise was made with. */
function eventOf({ id }: Complaint, delivery: string): number {
  return Number(delivery.slice(id.length + 1).split(".")[0]);
}
