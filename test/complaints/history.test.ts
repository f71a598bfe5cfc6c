import { describe, expect, it } from "vitest";
import { advance } from "../../src/complaints/advance.ts";
import type { Complaint, ComplaintEvent } from "../../src/complaints/complaint.ts";
import { type Act, act, confirm, dispute, inform } from "../../src/complaints/progress.ts";
import { protect } from "../../src/complaints/protect.ts";
import { COORDINATOR } from "../../src/complaints/route.ts";
import type { Step } from "../../src/complaints/tell.ts";
import { isLast, openNotice } from "../../src/messages/delivery.ts";
import { vietnamese } from "../../src/wording/citizen.ts";
import { noticeFacts, officialText } from "../../src/wording/official.ts";
import {
  after,
  CENTRE,
  CITY,
  COMMUNE,
  directory,
  file,
  filing,
  INSPECTORATE,
  NOW,
  noticesOf,
  rules,
} from "./case.ts";

const STORY = filing().text;
const DOSSIER = "Mã hồ sơ của tôi là H17.25-261102-0012";
const ANSWER = "Đã nhắc nhở cán bộ và xin lỗi bà";
const PERSON = { name: "Trần Thị Hoa", phone: "0905123456" };
const nameOf = (id: string): string => directory.agencies.get(id)?.name ?? "";

function does(complaint: Complaint, agency: string, deed: Act): Step {
  const step = act(complaint, { agency, via: "chat", role: "head" }, deed, NOW, rules, vietnamese);
  if ("refused" in step) throw new Error(step.refused);
  return step;
}
const next = (complaint: Complaint, { events }: Pick<Step, "events">): Complaint => after(complaint, events);

/** Told more, answered by the commune, said to be solved, and then that it is not: it is with the commune again. */
function disputedOnce(told = filing({ named: true })): Complaint {
  const informed = next(file(told).complaint, inform(file(told).complaint, DOSSIER, NOW, rules));
  const answered = next(informed, does(informed, COMMUNE, { action: "answer", text: ANSWER }));
  const closed = next(answered, confirm(answered, NOW, rules));
  return next(closed, dispute(closed, "Cán bộ vẫn quát", NOW, rules));
}

/** … and answered again. */
function answeredTwice(told?: Parameters<typeof disputedOnce>[0]): Complaint {
  const once = disputedOnce(told);
  return next(once, does(once, COMMUNE, { action: "answer", text: "Đã chuyển cán bộ sang việc khác" }));
}

describe("an agency to which a case is new", () => {
  it("is told with the dispute what the case is about and what was said before, by whom and when", () => {
    const answered = answeredTwice();
    const up = dispute(answered, "Vẫn chưa có giấy", NOW, rules);
    const notice = noticesOf(up).find(({ event }) => event === "disputed");
    expect(notice).toMatchObject({
      agency: { id: CITY },
      text: "Vẫn chưa có giấy",
      story: STORY,
      person: null,
      history: [
        { by: null, text: DOSSIER },
        { at: NOW.toISOString(), by: { id: COMMUNE, name: nameOf(COMMUNE) }, text: ANSWER },
        { by: null, text: "Cán bộ vẫn quát" },
        { by: { id: COMMUNE }, text: "Đã chuyển cán bộ sang việc khác" },
      ],
    });
    const read = notice ? noticeFacts(openNotice(notice, PERSON)) : "";
    const order = [STORY, DOSSIER, ANSWER, "Vẫn chưa có giấy"].map((text) => read.indexOf(text));
    expect(order).toEqual(order.toSorted((one, other) => one - other));
    expect(order).not.toContain(-1);
    expect(read).toContain("09:00 ngày 21/11/2026");
    expect(read).not.toContain(PERSON.name);
  });

  it("is told with a transfer what the person added and why it was handed on", () => {
    const once = disputedOnce();
    const moved = does(once, COMMUNE, { action: "transfer", to: INSPECTORATE, text: "Đúng thẩm quyền" });
    const [notice] = noticesOf(moved);
    expect(notice).toMatchObject({ event: "transferred", agency: { id: INSPECTORATE }, text: STORY });
    expect(notice).not.toHaveProperty("story");
    expect(notice?.history?.map(({ text }) => text)).toEqual([
      DOSSIER,
      ANSWER,
      "Cán bộ vẫn quát",
      "Đúng thẩm quyền",
    ]);
  });

  it("is told the same when the clocks bring it in; who holds the case already is not", () => {
    const informed = next(file().complaint, inform(file().complaint, DOSSIER, NOW, rules));
    const late = advance(informed, new Date("2026-12-31T02:00:00Z"), rules, vietnamese);
    const notices = noticesOf(late ?? { deliveries: [] });
    expect(notices.find(({ agency }) => agency.id === CITY)).toMatchObject({
      text: STORY,
      history: [{ by: null, text: DOSSIER }],
    });
    expect(notices.find(({ agency }) => agency.id === COMMUNE)).not.toHaveProperty("history");
  });

  it("is the custodian, too, when the person is under pressure", () => {
    const [notice] = noticesOf(protect(disputedOnce(), "Họ dọa tôi", NOW, rules));
    expect(notice?.event).toBe("protected");
    expect(notice?.history?.map(({ text }) => text)).toEqual([DOSSIER, ANSWER, "Cán bộ vẫn quát"]);
    expect(notice).not.toHaveProperty("story");
  });
});

describe("an agency that holds the case", () => {
  it("gets the new text alone", () => {
    const once = disputedOnce();
    for (const step of [
      inform(once, "Quầy số 3", NOW, rules),
      dispute(file().complaint, "Vẫn quát", NOW, rules),
    ])
      for (const notice of noticesOf(step)) {
        expect(notice.agency.id).toBe(COMMUNE);
        expect(notice).not.toHaveProperty("story");
        expect(notice).not.toHaveProperty("history");
      }
  });
});

describe("an agency that had the case before", () => {
  const movedIn = (step: Step): unknown[] =>
    noticesOf(step)
      .filter(({ event }) => event === "moved")
      .map(({ agency }) => agency.id);

  it("learns that it was reopened and who handles it now, and nothing more", () => {
    const up = dispute(answeredTwice(), "Vẫn chưa có giấy", NOW, rules);
    expect(movedIn(up)).toEqual([COMMUNE]);
    const notice = noticesOf(up).find(({ event }) => event === "moved");
    expect(notice && isLast(notice.event)).toBe(true);
    expect(notice?.text).toContain(nameOf(CITY));
    expect(notice?.evidence).toEqual([]);
    const { text, choices } = notice
      ? officialText(openNotice(notice, PERSON), {
          reply: "https://bot.example/reply",
          desk: "https://bot.example/desk",
        })
      : { text: "", choices: [] };
    expect(text).not.toMatch(/Vẫn chưa có giấy|https:|Hạn trả lời/);
    expect(choices).toEqual([]);
  });

  it("learns nothing while it still holds the case", () => {
    expect(movedIn(dispute(file().complaint, "Vẫn quát", NOW, rules))).toEqual([]);
  });

  it("learns nothing where the case is handled in confidence, or where another would read it in its place", () => {
    const harassed = { ...answeredTwice(), filing: filing({ kind: "harassment" }) };
    expect(movedIn(dispute(harassed, "Vẫn thế", NOW, rules))).toEqual([]);
    const shielded = protectedAndAnswered();
    expect(movedIn(dispute(shielded, "Vẫn thế", NOW, rules))).toEqual([]);
    const unreached = { ...rules, contactsOf: (id: string) => (id === COMMUNE ? [] : [`webhook:${id}`]) };
    expect(movedIn(dispute(answeredTwice(), "Vẫn thế", NOW, unreached))).toEqual([]);
  });

  it("nor does anybody but the custodian and who stands above hear of a protected case", () => {
    const heard = noticesOf(dispute(protectedAndAnswered(), "Vẫn thế", NOW, rules)).map(
      ({ agency }) => agency.id,
    );
    expect(heard).toEqual([COORDINATOR]);
    expect(heard).not.toContain(CENTRE);
  });
});

/** In the protected lane, answered and disputed there once, and answered again. */
function protectedAndAnswered(): Complaint {
  const at = NOW.toISOString();
  const shielded = next(disputedOnce(), protect(disputedOnce(), undefined, NOW, rules));
  const [custodian = ""] = shielded.holders;
  const by = { agency: custodian, via: "chat", role: "custodian" } as const;
  const answered: ComplaintEvent = { type: "answered", at, by, text: ANSWER };
  return after(shielded, [answered]);
}
