import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isProtected } from "../../src/complaints/complaint.ts";
import type { Draft } from "../../src/complaints/draft.ts";
import { noticeOf, summaryOf } from "../../src/complaints/notice.ts";
import { inform } from "../../src/complaints/progress.ts";
import { buildGuide, type World } from "../../src/conversation/guide.ts";
import { ask } from "../../src/conversation/intake.ts";
import { takeChoice } from "../../src/conversation/intake-answers.ts";
import { send } from "../../src/conversation/send.ts";
import { newSession } from "../../src/conversation/session.ts";
import { ComplaintKind } from "../../src/knowledge/complaint-kind.ts";
import { type OpenNotice, openNotice } from "../../src/messages/delivery.ts";
import type { Reply } from "../../src/messages/message.ts";
import { vietnamese } from "../../src/wording/citizen.ts";
import { noticeFacts } from "../../src/wording/official.ts";
import { finder, reader } from "../fixtures/real-guide.ts";
import { knowledge } from "../fixtures/real-knowledge.ts";
import { CENTRE, COMMUNE, file, filing, NOW, noticesOf, PLACE, rules } from "./case.ts";

const guide = buildGuide(knowledge, rules.contactsOf, {}, { reader, finder });
const CONVERSATION = "web:session-of-the-person";
const EMAIL = "hoa@example.com";
const PERSON = { name: "Trần Thị Hoa", phone: "0905123456" };

const world: World = {
  now: NOW,
  fresh: { complaint: "case-1", trackingCode: "MC-7K4P-29QX-84MT" },
  conversation: CONVERSATION,
  mine: [],
  privately: true,
};

const BLANK: Draft = {
  id: "case-1",
  shown: 0,
  kind: "other",
  story: ["Chuyện là thế này"],
  placeChoices: [],
  done: [],
  step: "preview",
};

/** The preview of a draft, and the notices that leave when it is sent just as previewed. */
function previewedAndSent(draft: Draft): {
  preview: Reply;
  notices: readonly OpenNotice[];
  stored: string;
} {
  const { draft: shown, reply } = ask({ ...draft, step: "preview" }, world, guide, vietnamese);
  const choice = reply.choices.find(({ id }) => id.startsWith("d:send:"))?.id ?? "";
  const session = { ...newSession(), draft: shown };
  const outcome = send(shown, choice, session, world, guide, vietnamese);
  if (!outcome) throw new Error("not sent");
  const [filed] = outcome.complaints ?? [];
  const { deliveries = [] } = outcome;
  return {
    preview: reply,
    // As the outbox opens them.
    notices: noticesOf({ deliveries }).map((notice) => openNotice(notice, filed?.identity?.person)),
    stored: JSON.stringify([filed?.events, deliveries]),
  };
}

const words = fc.stringMatching(/^[\p{L}\d][\p{L}\d .,?!“”–<>&]{0,60}[\p{L}\d]$/u);
const isoDays = fc
  .date({ min: new Date("2025-01-01"), max: new Date("2027-12-31"), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined });

/** Drafts as any conversation could leave them. */
const drafts: fc.Arbitrary<Draft> = fc
  .record({
    kind: fc.constantFrom(...ComplaintKind.options),
    story: fc.array(words, { minLength: 1, maxLength: 3 }),
    place: maybe(
      fc.constantFrom(PLACE, { code: "48", name: "Thành phố Đà Nẵng" }, { name: "Một nơi nào đó" }),
    ),
    about: maybe(
      fc.oneof(
        fc.constantFrom(...knowledge.agencies.values()).map(({ id, name }) => ({ id, name })),
        words.map((name) => ({ name })),
      ),
    ),
    procedureCode: maybe(fc.constantFrom(...knowledge.procedures.map(({ code }) => code))),
    dossierCode: maybe(fc.constant("H17.25-261102-0012")),
    submittedOn: maybe(isoDays),
    promisedDate: maybe(isoDays),
    supplements: maybe(
      fc.record({
        times: maybe(fc.integer({ min: 1, max: 9 })),
        inWriting: maybe(fc.boolean()),
        lastOn: maybe(isoDays),
      }),
    ),
    person: maybe(fc.constantFrom(PERSON, { name: "Nguyễn Văn A" })),
    email: maybe(fc.constant(EMAIL)),
  })
  .map((told) => ({ ...BLANK, ...told }));

/** What an agency reads of a notice apart from the marks of the case itself. */
function readable({ summary, text, procedure, dossier, place, person, evidence }: OpenNotice): string[] {
  const leaves = (value: unknown): string[] =>
    typeof value === "string"
      ? [value]
      : typeof value === "object" && value !== null
        ? Object.values(value).flatMap(leaves)
        : [];
  return leaves([summary, text, procedure, dossier, place, person, evidence]);
}

describe("what the agency sees", () => {
  it("is what the person told and saw before agreeing, fact by fact, and nothing else, for any complaint", () => {
    fc.assert(
      fc.property(drafts, (draft) => {
        const { preview, notices, stored } = previewedAndSent(draft);
        expect(notices.length).toBeGreaterThan(0);
        for (const notice of notices) {
          // Told.
          expect(notice).toMatchObject({
            kind: draft.kind,
            text: draft.story.join("\n"),
            place: draft.place?.name ?? null,
            dossier: draft.dossierCode ?? null,
            event: "filed",
          });
          expect(notice.procedure?.code ?? null).toBe(draft.procedureCode ?? null);
          expect(notice.person).toEqual(draft.person ? { phone: null, ...draft.person } : null);
          for (const iso of [draft.submittedOn, draft.promisedDate])
            if (iso) expect(notice.summary).toContain(vietnamese.day(iso));
          // Seen.
          expect(preview.text).toContain(noticeFacts(notice));
          for (const fact of readable(notice)) expect(preview.text).toContain(fact);
          expect(preview.text).toContain(notice.agency.name);
          expect(preview.text).toContain(vietnamese.day(notice.due));
          // Kept.
          expect(JSON.stringify(notice)).not.toContain(CONVERSATION);
          expect(JSON.stringify(notice)).not.toContain(EMAIL);
        }
        // What is kept of the case and of what is to be sent says that there is a name, and not which.
        for (const told of [draft.person?.name, draft.person?.phone, draft.email])
          if (told && !draft.story.join().includes(told)) expect(stored).not.toContain(told);
      }),
      { numRuns: 100 },
    );
  });

  it.each(ComplaintKind.options.filter(isProtected))(
    "holds no person for %s unless they insist, and says so before",
    (kind) => {
      const draft: Draft = { ...BLANK, kind, about: { name: "UBND xã Núi Thành" }, place: PLACE };
      const hidden = previewedAndSent(draft);
      expect(hidden.notices.map(({ person }) => person)).toEqual([null]);
      expect(hidden.preview.text).toContain(vietnamese.complaint.hidden);
      const insisted = previewedAndSent({ ...draft, person: PERSON });
      expect(insisted.notices.map(({ person }) => person)).toEqual([PERSON]);
      expect(insisted.preview.text).toContain(PERSON.name);
      expect(insisted.preview.text).not.toContain(vietnamese.complaint.hidden);
    },
  );

  it("holds no name that was taken out again in the preview", () => {
    const named: Draft = { ...BLANK, kind: "late", person: PERSON };
    const { draft, reply } = ask(named, world, guide, vietnamese);
    const remove = reply.choices.find(({ label }) => label === vietnamese.complaint.removeName)?.id ?? "";
    const without = takeChoice(draft, remove, world, guide, vietnamese);
    expect(without?.reply.text).not.toContain(PERSON.name);
    const { notices } = previewedAndSent(without?.draft ?? named);
    expect(JSON.stringify(notices)).not.toContain(PERSON.name);
  });

  it("is not sent by the button of an older preview", () => {
    const first = ask(BLANK, world, guide, vietnamese);
    const second = ask(first.draft, world, guide, vietnamese);
    const session = newSession();
    const [old, newest] = [first, second].map(({ reply }) => reply.choices[0]?.id ?? "");
    expect(send(second.draft, old ?? "", session, world, guide, vietnamese)).toBeUndefined();
    expect(send(second.draft, newest ?? "", session, world, guide, vietnamese)).toBeDefined();
  });

  it("goes to those who must answer and to those who get a copy, each named as itself", () => {
    const { deliveries } = file(filing({ kind: "praise" }));
    expect(noticesOf({ deliveries }).map(({ agency }) => agency.id)).toEqual([CENTRE, COMMUNE]);
    expect(new Set(deliveries.map(({ id }) => id)).size).toBe(2);
    for (const { id, content } of deliveries) expect(content.kind === "agency" && content.notice.id).toBe(id);
  });
});

describe("a later notice of the case", () => {
  it("says by when to answer now, and what happened, with the facts of the filing", () => {
    const { complaint } = file(filing({ named: true, dossierCode: "H17.25-261102-0012" }));
    const extended = { ...complaint, answerDue: "2026-12-15" };
    const holder = complaint.route.to[0] ?? "";
    const notice = noticeOf(extended, "n", "information", { id: holder, name: "UBND" }, "Quầy số 3");
    expect(notice).toMatchObject({
      event: "information",
      text: "Quầy số 3",
      due: "2026-12-15",
      case: complaint.trackingCode,
      dossier: "H17.25-261102-0012",
      person: { toldBy: 0 },
    });
  });

  it("leaves the person out for an agency that did not stand in the preview", () => {
    const { complaint } = file(filing({ named: true }));
    expect(
      noticeOf(complaint, "n", "transferred", { id: "bo-xay-dung", name: "Bộ Xây dựng" }).person,
    ).toBeNull();
  });

  it("holds no person where none was consented to", () => {
    for (const kind of ComplaintKind.options) {
      const { complaint } = file(filing({ kind }), true);
      for (const notice of noticesOf(inform(complaint, "Thêm một việc", NOW, rules))) {
        expect(notice.person).toBeNull();
        expect(JSON.stringify(notice)).not.toContain(EMAIL);
      }
    }
  });
});

describe("the line on top", () => {
  it("says what, about whom and since when, each only if it was told", () => {
    const bare = summaryOf({ kind: "late", text: "" });
    const full = summaryOf({
      kind: "late",
      text: "",
      about: { name: "UBND xã Núi Thành" },
      submittedOn: "2026-11-02",
      promisedDate: "2026-11-09",
    });
    expect(bare.split("; ")).toHaveLength(1);
    expect(full.split("; ")).toHaveLength(4);
    expect(full.startsWith(bare)).toBe(true);
    for (const fact of ["UBND xã Núi Thành", "02/11/2026", "09/11/2026"]) expect(full).toContain(fact);
  });

  it("is another for every kind", () => {
    const lines = ComplaintKind.options.map((kind) => summaryOf({ kind, text: "" }));
    expect(new Set(lines).size).toBe(ComplaintKind.options.length);
  });
});
