import { official } from "../wording/official.ts";
import { dueAfterWithdrawal } from "./clocks.ts";
import { type Complaint, isConfidential } from "./complaint.ts";
import type { Rules } from "./file.ts";
import { type Step, toAgencies } from "./tell.ts";

/** The person takes it back of their own will. In a protected case agencies hear that it ended, not who asked. */
export function withdraw(complaint: Complaint, reason: string | undefined, now: Date, rules: Rules): Step {
  const quiet = isConfidential(complaint);
  return {
    events: [{ type: "withdrawn", at: now.toISOString(), ...(reason !== undefined && { reason }) }],
    deliveries: quiet
      ? toAgencies(complaint, complaint.holders, "ended", rules, official.endedStory)
      : toAgencies(complaint, complaint.holders, "withdrawn", rules, reason),
  };
}

/** The person undoes their withdrawal; the days in between are not the agency's. */
export function resume(complaint: Complaint, now: Date, rules: Rules): Step {
  const answerDue = dueAfterWithdrawal(complaint, now, rules);
  const moved = answerDue ? { ...complaint, answerDue } : complaint;
  return {
    events: [{ type: "reopened", at: now.toISOString(), ...(answerDue && { answerDue }) }],
    deliveries: toAgencies(moved, complaint.holders, "reopened", rules),
  };
}

/** The person has those who must answer reminded. */
export function nudge(complaint: Complaint, now: Date, rules: Rules): Step {
  return {
    events: [{ type: "nudged", at: now.toISOString() }],
    deliveries: toAgencies(complaint, complaint.holders, "reminder", rules),
  };
}
