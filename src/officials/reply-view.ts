import { answerDay } from "../complaints/clocks.ts";
import type { Actor, Complaint } from "../complaints/complaint.ts";
import { agencyName, type Rules } from "../complaints/file.ts";
import { opensTo } from "../complaints/handles.ts";
import { toldTo } from "../complaints/history.ts";
import { noticeOf, summaryOf } from "../complaints/notice.ts";
import type { Person } from "../complaints/person.ts";
import { type Act, latestExtension, mayNot, type Refused } from "../complaints/refusal.ts";
import { openNotice } from "../messages/delivery.ts";
import { day } from "../wording/citizen.ts";
import { noticeFacts } from "../wording/official.ts";
import { officialCase } from "../wording/official-case.ts";
import { refusalText } from "./refusals.ts";

/** A case behind the link of a letter: what the letters to this agency said, and what it can do. */
export type ReplyView = {
  readonly case: string;
  readonly summary: string;
  readonly status: string;
  /** As people write it. */
  readonly due: string;
  readonly facts: string;
  readonly deeds: readonly Act["action"][];
  /** Why nothing can be done, where that is so. */
  readonly over?: string;
  /** The last day for more time, as people write it. */
  readonly latest?: string;
  /** The answer that waits for this agency's signature. */
  readonly proposal?: string;
};

/** Two persons open a name, and a link is no person. */
const DEEDS: readonly Act["action"][] = [
  "acknowledge",
  "sign",
  "return",
  "answer",
  "ask",
  "progress",
  "extend",
  "transfer",
  "ask-identity",
];

/**
 * The case for an agency by a link, or why it is not shown there any more.
 * @param person opened for that agency (inbox/known-person.ts)
 */
export function replyViewOf(
  complaint: Complaint,
  person: Person | undefined,
  by: Actor,
  now: Date,
  rules: Rules,
): ReplyView | Refused {
  const { proposal, status } = complaint;
  const refused = mayNot(complaint, by, "progress", now, rules);
  if (!opensTo(complaint, by.agency, rules)) return refused ?? { refused: "not-yours" };
  if (refused && status === "quarantined") return refused;
  const deeds = DEEDS.filter((deed) => mayNot(complaint, by, deed, now, rules) === undefined);
  const responsible = { id: by.agency, name: agencyName(by.agency, rules.directory) };
  const notice = openNotice(noticeOf(complaint, complaint.id, "filed", responsible), person);
  const history = toldTo(by.agency, complaint, rules.directory);
  return {
    case: complaint.trackingCode,
    summary: summaryOf(complaint.filing),
    status: officialCase.statuses[status],
    due: day(answerDay(complaint, rules)),
    facts: noticeFacts({ ...notice, ...(history.length > 0 && { history }) }),
    deeds,
    ...(deeds.length === 0 && refused && { over: refusalText(refused.refused, "", refused) }),
    ...(deeds.includes("extend") && { latest: day(latestExtension(complaint, now, rules)) }),
    ...(deeds.includes("sign") && proposal && { proposal: proposal.text }),
  };
}
