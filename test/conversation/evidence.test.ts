import { describe, expect, it } from "vitest";
import { evidenceOf } from "../../src/complaints/complaint.ts";
import { fileIsFor } from "../../src/conversation/evidence-turns.ts";
import type { InboundBody } from "../../src/messages/message.ts";
import { vietnamese } from "../../src/wording/citizen.ts";
import { english } from "../../src/wording/citizen-en.ts";
import { guide, notices, type Talk, talk } from "./talk.ts";

const { evidence, complaint: asks, erasing, notices: told } = vietnamese;
const STORY = "Tôi bị cán bộ xã Núi Thành, Đà Nẵng quát mắng và đuổi về khi hỏi giấy tờ";
let files = 0;

const photo = (owner: string, caption?: string): InboundBody => ({
  kind: "file",
  owner,
  file: { id: `f${++files}`, key: "k", type: "image/jpeg", size: 1000 },
  ...(caption !== undefined && { caption }),
});

function toPreview(person: Talk): void {
  for (let turn = 0; turn < 8 && person.draft().step !== "preview"; turn += 1) person.types("bỏ qua");
}

function filed(): Talk {
  const person = talk();
  person.types(STORY);
  toPreview(person);
  person.presses(asks.send);
  return person;
}

describe("files in a conversation", () => {
  it("go into the complaint being told under names of ours, are shown, and can be taken out", () => {
    const person = talk();
    person.types(STORY);
    const said = person.receives(photo(person.draft().id));
    expect(said.text).toContain(evidence.taken("anh-1.jpg", 1, 5));
    person.receives(photo(person.draft().id));
    expect(person.draft().evidence?.map(({ name }) => name)).toEqual(["anh-1.jpg", "anh-2.jpg"]);
    toPreview(person);
    const shown = person.receives(photo(person.draft().id));
    expect(shown.text).toContain("Kèm theo: 3 ảnh");
    const out = person.presses(evidence.takeOut);
    expect(out.outcome.unwanted).toEqual([person.draft().id]);
    expect(person.draft().evidence).toBeUndefined();
    expect(out.text).not.toContain("Kèm theo");
    expect(out.choices.map(({ label }) => label)).not.toContain(evidence.takeOut);
  });

  it("stand in the filing, and in the notices of those who must answer alone; no key leaves", () => {
    const person = talk();
    person.types(STORY);
    person.receives(photo(person.draft().id));
    toPreview(person);
    const { outcome } = person.presses(asks.send);
    const [complaint] = person.mine();
    expect(complaint && evidenceOf(complaint)).toMatchObject([{ name: "anh-1.jpg", key: "k" }]);
    expect(complaint?.events[0]).toMatchObject({ consent: { version: vietnamese.consent.version } });
    for (const notice of notices(outcome.deliveries ?? [])) {
      const must = complaint?.route.to.includes(notice.agency.id) ?? false;
      expect(notice.evidence).toHaveLength(must ? 1 : 0);
      expect(notice.evidence.flatMap((file) => Object.keys(file))).not.toContain("key");
    }
  });

  it("go to those who hold the case that is being added to", () => {
    const person = filed();
    person.types("bổ sung");
    const { id, holders, trackingCode } = person.mine()[0] ?? { id: "", holders: [], trackingCode: "" };
    const said = person.receives(photo(id));
    expect(said.text).toContain(evidence.added(trackingCode));
    expect(notices(said.outcome.deliveries ?? [])).toMatchObject(
      holders.map((agency) => ({
        event: "information",
        agency: { id: agency },
        text: "1 ảnh",
        evidence: [{ name: "anh-1.jpg" }],
      })),
    );
    expect(person.session().expecting).toMatchObject({ kind: "information", complaint: id });
    expect(person.mine()[0]?.events.at(-1)?.type).toBe("evidence-added");
  });

  it("added to a case are done with by the button or a word, and no thanks goes to the agency", () => {
    const begun = filed();
    begun.types("bổ sung");
    const { id, trackingCode } = begun.mine()[0] ?? { id: "", trackingCode: "" };
    const shown = begun.receives(photo(id));
    expect(shown.text).not.toContain("hủy");
    expect(shown.choices.map(({ label }) => label)).toEqual([evidence.finish]);
    for (const word of [
      "Xong",
      "xong rồi",
      "rồi",
      "hết rồi",
      "cảm ơn nhé",
      "cam on",
      "dạ cảm ơn em",
      "thôi",
      "không",
    ]) {
      const person = begun.fork();
      const said = person.types(word);
      expect([word, said.text]).toEqual([word, evidence.finished(trackingCode)]);
      expect(said.outcome.deliveries ?? []).toEqual([]);
      expect(person.session().expecting).toBeUndefined();
    }
    const more = begun.types("xong rồi họ đuổi tôi về");
    expect(notices(more.outcome.deliveries ?? [])[0]?.text).toBe("xong rồi họ đuổi tôi về");
  });

  it("added to a case take what stands under them along, after them", () => {
    const person = filed();
    person.types("bổ sung");
    const { id, trackingCode, revision } = person.mine()[0] ?? { id: "", trackingCode: "", revision: 0 };
    const said = person.receives(photo(id, "giấy hẹn ngày 20/10 bị sửa tay"));
    expect(said.outcome.complaints).toMatchObject([{ id, revision }]);
    expect(said.text).toContain(evidence.added(trackingCode));
    expect(notices(said.outcome.deliveries ?? []).map(({ text }) => text)).toEqual([
      "1 ảnh",
      "giấy hẹn ngày 20/10 bị sửa tay",
    ]);
    const ids = (said.outcome.deliveries ?? []).map((delivery) => delivery.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(
      person
        .mine()[0]
        ?.events.slice(-2)
        .map(({ type }) => type),
    ).toEqual(["evidence-added", "informed"]);
  });

  it("with a phone number under them go at once, the number only after a yes", () => {
    const person = filed();
    person.types("bổ sung");
    const { id } = person.mine()[0] ?? { id: "" };
    const said = person.receives(photo(id, "gọi tôi số 0912345678"));
    expect(notices(said.outcome.deliveries ?? []).map(({ text }) => text)).toEqual(["1 ảnh"]);
    expect(said.text).toContain("Trong câu này có số điện thoại");
    expect(person.session().expecting).toMatchObject({ kind: "information", text: "gọi tôi số 0912345678" });
  });

  it("sent for a dispute bring the reason that stands under them", () => {
    const person = filed();
    person.agency({ action: "answer", text: "Đã nhắc nhở cán bộ" });
    person.types("Chưa giải quyết");
    const said = person.receives(photo(person.mine()[0]?.id ?? "", "vẫn chưa nhận được kết quả như ảnh"));
    expect(person.mine()[0]?.events.at(-1)).toMatchObject({
      type: "disputed",
      reason: "vẫn chưa nhận được kết quả như ảnh",
    });
    expect(said.text).not.toContain(vietnamese.after.askReason);
  });

  it.each(["cảm ơn", "cảm ơn nhiều ạ"])("are not asked for with a “%s” that goes to the agency", (thanks) => {
    const person = filed();
    const code = person.mine()[0]?.trackingCode ?? "";
    person.agency({ action: "ask", text: "Anh/chị đã nhận lại hồ sơ chưa?" });
    person.types("Trả lời câu hỏi");
    expect(person.types(thanks).text).toBe(vietnamese.after.askInformation(code));
    const said = person.types("rồi");
    expect(notices(said.outcome.deliveries ?? [])[0]?.text).toBe("rồi");
    person.agency({ action: "answer", text: "Đã nhắc nhở cán bộ" });
    person.types("Chưa giải quyết");
    expect(person.types(thanks).text).toBe(vietnamese.after.askVerdict(code));
    expect(person.mine()[0]?.status).toBe("answered");
    person.presses(told.notSolved);
    const shown = person.receives(photo(person.mine()[0]?.id ?? ""));
    expect(shown.text).toContain(vietnamese.after.askReason);
    expect(shown.choices).toEqual([]);
    expect(person.types("xong").text).toBe(vietnamese.after.askVerdict(code));
  });

  it("are wanted only where a complaint is told or added to", () => {
    const person = talk();
    const now = new Date("2026-11-20T02:00:00Z");
    expect(fileIsFor(person.session(), { mine: [], now }, guide.rules)).toBeUndefined();
    person.types(STORY);
    expect(fileIsFor(person.session(), { mine: [], now }, guide.rules)).toEqual({
      owner: person.draft().id,
      held: 0,
    });
  });

  it("that are for nothing are not kept: what can be done is offered; a story under one begins a complaint", () => {
    const person = filed();
    const said = person.receives({ kind: "refused-file", why: "alone" });
    expect(said.text).toBe(evidence.alone);
    expect(said.choices.map(({ label }) => label)).toEqual([
      vietnamese.answers.complainNow,
      evidence.addTo(person.mine()[0]?.trackingCode ?? ""),
    ]);
    const other = talk("web:two");
    const begun = other.receives({ kind: "refused-file", why: "alone", caption: STORY });
    expect(begun.text).toContain(evidence.sendAgain);
    expect(other.draft().story).toEqual([STORY]);
  });

  it.each(["large", "empty", "type", "damaged", "unreachable", "many"] as const)(
    "that are refused (%s) leave the question as it stands",
    (why) => {
      const person = talk();
      person.types(STORY);
      const { step } = person.draft();
      const said = person.receives({ kind: "refused-file", why });
      expect(said.text).toContain(evidence.refused(why, 10, 5));
      expect(person.draft().step).toBe(step);
      expect(english.evidence.refused(why, 10, 5)).not.toBe(evidence.refused(why, 10, 5));
    },
  );

  it("what stands under one is heard after it", () => {
    const person = talk();
    person.types("phản ánh");
    person.types("thái độ không đúng mực");
    person.receives(photo(person.draft().id, STORY));
    expect(person.draft().story).toEqual([STORY]);
    expect(person.draft().evidence).toHaveLength(1);
  });
});

describe("an unfinished complaint", () => {
  it("is gone after 7 days, and the message is taken for itself", () => {
    const person = talk();
    person.types(STORY);
    const { id } = person.draft();
    person.passes(8);
    const said = person.types("xin chào");
    expect(said.text).toContain(asks.lapsed(7));
    expect(said.outcome.unwanted).toEqual([id]);
    expect(person.session().draft).toBeUndefined();
  });

  it("is still there within them", () => {
    const person = talk();
    person.types(STORY);
    person.passes(6);
    expect(person.types("xin chào").text).toContain(asks.stillOpen);
  });
});

describe("erasing", () => {
  it("offers the cases that are over, names why the others stay, and erases nothing else", () => {
    const person = filed();
    const code = person.mine()[0]?.trackingCode ?? "";
    expect(person.types("xóa dữ liệu").text).toContain(erasing.open([code]));
    person.presses(erasing.no);
    person.agency({ action: "answer", text: "Đã nhắc nhở cán bộ" });
    person.types("đã giải quyết");
    person.chooses(`c:yes:${person.mine()[0]?.id ?? ""}`);
    expect(person.types("xóa dữ liệu").text).toContain(`${code} đã đóng nhưng còn mở lại được`);
    person.passes(40);
    const asked = person.types("xóa dữ liệu");
    expect(asked.text).toContain(erasing.closed([code]));
    const { outcome } = person.presses(erasing.all(1));
    expect(outcome.erase).toBe(true);
    expect(person.mine()[0]).toMatchObject({ status: "erased", filing: { text: "" } });
    expect(outcome.unwanted).toEqual([person.mine()[0]?.id]);
  });
});
