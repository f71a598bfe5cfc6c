import { describe, expect, it } from "vitest";
import { respond } from "../../src/conversation/respond.ts";
import { vietnamese } from "../../src/wording/citizen.ts";
import { guide, notices, type Said, type Talk, talk } from "./talk.ts";

const { complaint, before, kinds, answers } = vietnamese;

/** What skips a step that “Bỏ qua” does not. */
const SKIPS: Readonly<Partial<Record<string, string>>> = { kind: kinds.other, person: complaint.noName };

/** Skips until the preview is shown, which is handed back. */
function toPreview(person: Talk, first: Said): Said {
  let said = first;
  for (let turn = 0; turn < 15 && person.draft().step !== "preview"; turn++)
    said = person.types(SKIPS[person.draft().step] ?? complaint.skip);
  return said;
}

const labels = ({ choices }: Said): string[] => choices.map(({ label }) => label);

describe("feedback, complaint, denunciation", () => {
  const FINED =
    "Tôi muốn khiếu nại quyết định xử phạt của UBND phường Hải Châu, Đà Nẵng ngày 2/11 vì phạt sai địa chỉ nhà tôi";
  const CHAIR = "Tôi tố cáo ông chủ tịch UBND xã Núi Thành, Đà Nẵng cấp đất sai quy định hồi tháng 8";

  it.each([
    ["khiếu nại", "complaint"],
    ["tố cáo", "denunciation"],
    [FINED, "complaint"],
    [CHAIR, "denunciation"],
    ["tôi muốn kiện UBND xã Núi Thành", "complaint"],
  ] as const)("who says “%s” is told what that needs, and goes on with feedback", (text, way) => {
    const person = talk();
    const said = person.types(text);
    expect(said.text).toContain(before.paths.heard[way]);
    expect(person.draft().path).toBe(way);
    const preview = toPreview(person, said);
    expect(labels(preview)).toContain(before.paper.offer[way]);
    person.presses(complaint.send);
    expect(person.mine()).toHaveLength(1);
  });

  it("never takes it for a suggestion, which would go to the unit itself", () => {
    const person = talk();
    person.types("tôi muốn kiện UBND xã Núi Thành");
    expect(person.draft().kind).not.toBe("suggestion");
  });

  it("says that going to court is another way", () => {
    expect(talk().types("tôi muốn kiện UBND xã Núi Thành ra tòa").text).toContain(before.paths.court);
  });

  it("tells each way with its law and limits when asked, and goes back to the feedback", () => {
    const person = talk();
    toPreview(person, person.types(FINED));
    const told = person.presses(before.paths.offer);
    for (const line of ["feedback", "complaint", "denunciation", "crime", "caution"] as const)
      expect(told.text).toContain(before.paths[line]);
    expect(told.text).toContain("90 ngày");
    expect(told.text).toContain("30 ngày");
    const back = person.presses(before.paths.stay);
    expect(back.text).toContain("XEM TRƯỚC");
  });

  it("is told so in the middle of a story, too", () => {
    const person = talk();
    person.types("phản ánh");
    const said = person.types(CHAIR);
    expect(said.text).toContain(before.paths.heard.denunciation);
    expect(person.draft().path).toBe("denunciation");
  });

  it("drafts a complaint to the head of the unit, with what is known filled in and what is not left open", () => {
    const person = talk();
    toPreview(person, person.types(FINED));
    person.presses(complaint.addName);
    person.types("Trần Thị Hoa, 0905123456");
    const said = person.presses(before.paper.offer.complaint);
    expect(said.text).toContain("ĐƠN KHIẾU NẠI");
    expect(said.text).toContain("Kính gửi: Chủ tịch Ủy ban nhân dân phường Hải Châu");
    expect(said.text).toContain("Người khiếu nại: Trần Thị Hoa");
    expect(said.text).toContain("0905123456");
    expect(said.text).toMatch(/Địa chỉ: …/);
    expect(said.text).toContain(FINED);
    expect(said.text).toContain(before.paper.limits.complaint);
    // The time limits are told beside the paper, not on it.
    expect(said.text.split("———")[1]).not.toContain("30 ngày");
    // Nothing is filed by drafting.
    expect(person.mine()).toEqual([]);
    expect(person.deliveries()).toEqual([]);
    expect(person.session().papers?.complaint).toMatchObject({ way: "complaint", story: [FINED] });
  });

  it("drafts a denunciation of a head to the superior, and sends it to nobody", () => {
    const person = talk();
    toPreview(person, person.types(CHAIR));
    const said = person.presses(before.paper.offer.denunciation);
    expect(said.text).toContain("ĐƠN TỐ CÁO");
    expect(said.text).toContain("Kính gửi: Chủ tịch Ủy ban nhân dân thành phố Đà Nẵng");
    expect(said.text).toContain(before.paper.secret);
    person.presses(before.paper.stay);
    person.presses(complaint.send);
    for (const notice of notices(person.deliveries())) {
      expect(notice.agency.id).not.toBe("ubnd-xa-nui-thanh-da-nang");
      expect(JSON.stringify(notice)).not.toContain("ĐƠN TỐ CÁO");
    }
  });

  it("fills in the dossier, the days and what was worked out of them", () => {
    const person = talk();
    const story =
      "Tôi nộp hồ sơ đăng ký khai sinh ở UBND xã Núi Thành, Đà Nẵng ngày 2/11, hẹn 9/11 mà tới nay vẫn chưa trả, mã hồ sơ H17.25-261102-0012";
    toPreview(person, person.types(story));
    person.presses(before.paths.offer);
    const said = person.presses(before.paper.offer.complaint);
    for (const fact of [
      "Ngày nộp hồ sơ: 02/11/2026",
      "Ngày hẹn trả kết quả: 09/11/2026",
      "H17.25-261102-0012",
      "Trễ 9 ngày làm việc",
      "Bản sao Giấy tiếp nhận hồ sơ",
    ])
      expect(said.text).toContain(fact);
  });

  it("waits with the paper until a story is told", () => {
    const person = talk();
    person.types("tố cáo");
    const said = person.presses(before.paper.offer.denunciation);
    expect(said.text).toContain(before.paper.later(before.paper.names.denunciation));
    expect(said.text).toContain(complaint.askKind);
    expect(person.session().papers).toBeUndefined();
  });

  it("gives a link instead of the text where the person has a way to the page", () => {
    const person = talk();
    toPreview(person, person.types(FINED));
    const outcome = respond(
      person.session(),
      { kind: "choice", id: "d:paper:complaint" },
      {
        now: new Date("2026-11-20T10:00:00+07:00"),
        fresh: { complaint: "x", trackingCode: "MC-0000-0000-0000" },
        conversation: "web:one",
        mine: [],
        privately: true,
        paperLink: (way) => `https://mot-cua.example/paper#${way}`,
      },
      guide,
    );
    const text = outcome.replies[0]?.text ?? "";
    expect(text).toContain("https://mot-cua.example/paper#complaint");
    expect(text).not.toContain("ĐƠN KHIẾU NẠI");
    expect(text).not.toContain(FINED);
  });

  it("is not offered for praise", () => {
    const person = talk();
    const preview = toPreview(
      person,
      person.types("Khen ngợi cán bộ tư pháp phường Hải Châu Đà Nẵng nhiệt tình, chu đáo"),
    );
    expect(person.draft().kind).toBe("praise");
    expect(labels(preview)).not.toContain(before.paths.offer);
  });
});

describe("money and threats", () => {
  it("go to the custodian alone, and the person is told who sees it, why, and what to do", () => {
    const person = talk();
    const preview = toPreview(
      person,
      person.types("Cán bộ tư pháp phường Hải Châu, Đà Nẵng đòi tôi 500k mới chịu nhận hồ sơ"),
    );
    expect(preview.text).toContain(before.lane("Thanh tra thành phố Đà Nẵng", true));
    person.presses(complaint.send);
    expect(person.mine()[0]?.route).toMatchObject({ to: ["thanh-tra-tp-da-nang"], copy: [] });
  });

  it("get the emergency number first, then the guarded way with what was told", () => {
    const person = talk();
    const first = person.types(
      "Cán bộ địa chính xã Núi Thành Đà Nẵng cầm dao dọa tôi vì tôi đòi giấy hẹn sáng nay",
    );
    expect(first.text).toContain(answers.crisis.police);
    const begun = person.presses(before.aside.guarded);
    const preview = toPreview(person, begun);
    expect(preview.text).toMatch(/đi đường kín/);
    person.presses(complaint.send);
    expect(person.mine()[0]).toMatchObject({
      filing: { threatened: true },
      route: { to: ["thanh-tra-tp-da-nang"], copy: [] },
    });
  });
});

describe("two things in one message", () => {
  const LATE =
    "Tôi nộp hồ sơ đăng ký khai sinh ở UBND xã Núi Thành, Đà Nẵng ngày 2/11, hẹn 9/11 mà tới nay chưa trả";
  const MONEY = "Chi nhánh văn phòng đăng ký đất đai đòi tôi 2 triệu mới đo đất hôm 5/11";

  it("become two cases, one after the other, the place known, the name asked anew", () => {
    const person = talk();
    const first = person.types(`${LATE}. Ngoài ra ${MONEY}`);
    expect(first.text).toContain(before.aside.two(kinds.late, kinds.bribe));
    toPreview(person, first);
    person.presses(complaint.addName);
    person.types("Trần Thị Hoa");
    const sent = person.presses(complaint.send);
    expect(sent.text).toContain(before.aside.next);
    expect(person.mine()[0]?.filing).toMatchObject({
      kind: "late",
      text: LATE,
      named: true,
    });
    const second = person.presses(before.aside.goOn);
    expect(person.draft()).toMatchObject({
      kind: "bribe",
      place: { name: "Xã Núi Thành, Thành phố Đà Nẵng" },
    });
    toPreview(person, second);
    person.presses(complaint.send);
    expect(person.mine()).toHaveLength(2);
    const bribe = person.mine().find(({ filing }) => filing.kind === "bribe");
    expect(bribe?.filing.text).toBe(MONEY);
    expect(bribe?.filing).not.toHaveProperty("person");
    expect(bribe?.filing).not.toHaveProperty("dossierCode");
  });

  it("are one when the person says so", () => {
    const person = talk();
    person.types(`${LATE}. Ngoài ra ${MONEY}`);
    const said = person.presses(before.aside.one);
    expect(person.draft().story).toEqual([LATE, MONEY]);
    expect(person.draft()).not.toHaveProperty("aside");
    toPreview(person, said);
    const sent = person.presses(complaint.send);
    expect(labels(sent)).toEqual([]);
  });

  it.each([
    "Tôi nộp hồ sơ ở UBND xã Núi Thành, Đà Nẵng ngày 2/11, hẹn 9/11 chưa trả. Hỏi thì cán bộ quát mắng",
    "Cán bộ ngâm hồ sơ để đòi tiền, không đưa 500k thì không trả",
  ])("stay one where one trouble is told of many sides: %s", (text) => {
    const person = talk();
    person.types(text);
    expect(person.draft().aside).toBeUndefined();
  });
});

describe("a question and a complaint in one message", () => {
  it("is answered, and the complaint begun", () => {
    const person = talk();
    const said = person.types(
      "Làm khai sinh cho con cần giấy tờ gì, với lại cán bộ tư pháp xã Núi Thành Đà Nẵng quát mắng tôi hôm qua",
    );
    expect(said.text).toContain("Giấy chứng sinh");
    expect(said.text).toContain(complaint.heard(kinds.attitude));
    expect(person.draft().story.join(" ")).not.toContain("giấy tờ gì");
  });

  it("is offered where the question is the greater part", () => {
    const person = talk();
    const said = person.types(
      "Cho hỏi cấp đổi thẻ căn cước ở Đà Nẵng cần giấy tờ gì và lệ phí bao nhiêu tiền. Lần trước phải đưa tiền nước",
    );
    const offer = said.choices.find(({ id }) => id === "a:tell");
    expect(offer?.label).toBe(before.aside.offer(kinds.bribe));
    person.chooses("a:tell");
    expect(person.draft().kind).toBe("bribe");
  });

  it("an old button begins nothing", () => {
    expect(talk().chooses("a:tell").text).toBe(answers.staleChoice);
  });
});
