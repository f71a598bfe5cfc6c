import { questionIn } from "../complaints/accused.ts";
import type { Filing, Route } from "../complaints/complaint.ts";
import { type Draft, filingOf } from "../complaints/draft.ts";
import { type Lateness, latenessFiled } from "../complaints/lateness.ts";
import { concernedUnit, route } from "../complaints/route.ts";
import type { Guide } from "./guide.ts";
import { apologyStanding, workOut } from "./late.ts";

/** The filing with its unit found in the directory, who must answer it, and whether it is late at `now`. */
export function decide(
  draft: Draft,
  guide: Guide,
  now: Date,
): { filing: Filing; chosen: Route; lateness?: Lateness | undefined } {
  const procedure = draft.procedureCode ? guide.finder.subject(draft.procedureCode) : undefined;
  const told = filingOf(draft, (code) => guide.finder.subject(code)?.name);
  const asked = { ...questionIn(told), agencyKind: procedure?.agencyKind };
  // Where no body was told apart, the story may still name one.
  const named = { ...asked, agencyKind: undefined, about: told.about ?? { name: told.text } };
  const concerned = concernedUnit(named, guide.rules.directory);
  const about = concerned?.agency
    ? { id: concerned.agency.id, name: concerned.agency.name }
    : (told.about ?? (concerned && { name: concerned.name }));
  const lateness = workOut(draft, about?.id, guide, now);
  const filed = lateness && latenessFiled(lateness, now);
  const { apology: toldOfIt, ...rest } = told;
  const apology = apologyStanding(toldOfIt, lateness);
  const filing = {
    ...rest,
    ...(about && { about }),
    ...(procedure?.agencyKind && { agencyKind: procedure.agencyKind }),
    ...(filed && { lateness: filed }),
    ...(apology.length > 0 && { apology }),
  };
  return { filing, chosen: route({ ...asked, about }, guide.rules.directory), lateness };
}
