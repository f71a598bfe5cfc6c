import { describe, expect, it } from "vitest";
import { questionOf } from "../../src/complaints/accused.ts";
import { tellCluster } from "../../src/complaints/cluster.ts";
import { applyEvent, type Complaint, type Filing } from "../../src/complaints/complaint.ts";
import { factsOf } from "../../src/complaints/figures.ts";
import { publicFigures } from "../../src/complaints/public-figures.ts";
import { createRecentFilings } from "../../src/complaints/recent-filings.ts";
import { createReview, tellReview } from "../../src/complaints/review.ts";
import { barredFor, COORDINATOR } from "../../src/complaints/route.ts";
import { COMMUNE, directory, filing, INSPECTORATE, NOW, noticesOf, rules } from "./case.ts";
import { figureFaults } from "./figure-faults.ts";
import { fileThrough, folded, guarded, newCase } from "./guarded.ts";

const DAY_MS = 86_400_000;
const at = (days: number): Date => new Date(NOW.getTime() + days * DAY_MS);
const STORIES = [
  "Sáng nay tôi hỏi giờ trả hồ sơ thì bị quát, bảo ra ngoài đợi",
  "Chị ở quầy hai ném trả giấy tờ của mẹ tôi trước mặt mọi người",
  "Đi ba lần đều bị mắng vì điền sai một ô trong tờ khai",
  "Nhân viên tiếp nhận vừa xem điện thoại vừa trả lời trống không",
];

function several(count: number, told: Partial<Filing> = {}, days = (number: number): number => number / 10) {
  const recent = createRecentFilings(rules.guards);
  const cases = Array.from({ length: count }, (_, number) => {
    const text = `${STORIES[number % STORIES.length] ?? ""} ${number}`;
    const one = newCase(`c${number}`, filing({ text, ...told }), `web:${number}`, at(days(number)));
    return fileThrough(recent, one).complaint;
  });
  return { recent, cases };
}

describe("several persons with the same complaint about one unit", () => {
  it("are told of to its superior once they are three, and again at ten, not between", () => {
    const { recent, cases } = several(2);
    expect(recent.clusters(at(1))).toEqual([]);
    const add = (number: number): void => {
      const one = newCase(`c${number}`, filing({ text: `Chuyện ${number}` }), `web:${number}`, at(1));
      cases.push(fileThrough(recent, one).complaint);
    };
    add(2);
    const [three] = recent.clusters(at(1));
    expect(three).toMatchObject({ newest: "c2", persons: 3, size: 3 });
    const newest = cases[2];
    if (!three || !newest) throw new Error("no cluster");
    const step = tellCluster(newest, three, cases, at(1), rules);
    expect(step.events).toEqual([{ type: "clustered", at: at(1).toISOString(), size: 3, to: COMMUNE }]);
    const [notice, ...more] = noticesOf(step);
    expect(more).toEqual([]);
    expect(notice).toMatchObject({ event: "cluster", agency: { id: COMMUNE }, person: null });
    expect(notice?.text).toContain("3 người");
    recent.observe("c2", step.events);
    for (let number = 3; number < 9; number++) add(number);
    expect(recent.clusters(at(1))).toEqual([]);
    add(9);
    expect(recent.clusters(at(1))).toMatchObject([{ persons: 10, size: 10 }]);
  });

  it("are not counted, nor pointed to, where a custodian alone handles the case", () => {
    const { recent } = several(2, { threatened: true });
    fileThrough(recent, newCase("c2", filing({ text: STORIES[2] ?? "" }), "web:2", at(1)));
    fileThrough(recent, newCase("c3", filing({ text: STORIES[3] ?? "" }), "web:3", at(1)));
    expect(recent.clusters(at(1))).toEqual([]);
    fileThrough(recent, newCase("c4", filing({ text: "Chuyện khác hẳn" }), "web:4", at(1)));
    expect(recent.clusters(at(1))).toMatchObject([{ newest: "c4", cases: ["c2", "c3", "c4"], persons: 3 }]);
    const moved = { to: [INSPECTORATE], seen: [COMMUNE], answerDue: "2026-12-15" };
    recent.observe("c3", [{ type: "protected", at: at(1).toISOString(), ...moved }]);
    expect(recent.clusters(at(1))).toEqual([]);
    const alike = { id: "c5", at: at(1), conversation: "web:5", filing: filing({ text: STORIES[3] ?? "" }) };
    expect(recent.likeOf(alike)).toEqual([]);
  });

  it("are counted as persons, not as filings, and within thirty days", () => {
    const recent = createRecentFilings(rules.guards);
    for (let number = 0; number < 3; number++)
      fileThrough(
        recent,
        newCase(`c${number}`, filing({ text: STORIES[number] ?? "" }), "web:one", at(number)),
      );
    expect(recent.clusters(at(4))).toEqual([]);
    // By the mark of their phone number one person is known in several conversations.
    for (let number = 3; number < 6; number++) {
      const filed = { id: `c${number}`, at: at(number), conversation: `web:${number}` };
      recent.note({ ...filed, filing: filing({ text: `Chuyện ${number}` }), phoneMark: "mark" });
    }
    expect(recent.clusters(at(6))).toEqual([]);
    const { recent: slow } = several(3, {}, (number) => number * 15.5);
    expect(slow.clusters(at(31.5))).toEqual([]);
  });

  it("are no cluster while they are held back, praise, or about other units", () => {
    const held = createRecentFilings(rules.guards);
    for (let number = 0; number < 5; number++) {
      const one = newCase(`c${number}`, filing(), `web:${number}`, NOW);
      held.note({ id: one.id, at: NOW, conversation: one.event.conversation, filing: one.event.filing });
      held.observe(one.id, guarded(one, { suspicion: "words" }).change.events);
    }
    expect(held.clusters(NOW)).toEqual([]);
    held.observe("c1", [{ type: "released", at: NOW.toISOString(), answerDue: "2026-12-01" }]);
    held.observe("c2", [{ type: "released", at: NOW.toISOString(), answerDue: "2026-12-01" }]);
    held.observe("c3", [{ type: "released", at: NOW.toISOString(), answerDue: "2026-12-01" }]);
    expect(held.clusters(NOW)).toMatchObject([{ persons: 3 }]);
    expect(several(4, { kind: "praise" }).recent.clusters(at(1))).toEqual([]);
    expect(
      several(4, { about: { name: "cán bộ" }, place: { name: "đâu đó" } }).recent.clusters(at(1)),
    ).toEqual([]);
  });

  it("of whom money was demanded are told of to the inspectorate", () => {
    const { recent, cases } = several(3, { kind: "bribe" });
    const [cluster] = recent.clusters(at(1));
    const newest = cases[2];
    if (!cluster || !newest) throw new Error("no cluster");
    expect(
      noticesOf(tellCluster(newest, cluster, cases, at(1), rules)).map(({ agency }) => agency.id),
    ).toEqual([INSPECTORATE]);
  });
});

describe("a complaint about any unit of the directory", () => {
  const KINDS = ["attitude", "bribe", "late"] as const;

  it("reaches nobody inside its accused set by links, alarms, clusters, lists of answers or figures", () => {
    const wrong: string[] = [];
    for (const [number, agency] of [...directory.agencies.values()].entries()) {
      const kind = KINDS[number % KINDS.length] ?? "attitude";
      const about = { id: agency.id, name: agency.name };
      const told = filing({
        kind,
        about,
        place: { code: agency.area ?? "48", name: "Nơi ấy" },
        text: "Bị mắng",
      });
      const one = newCase("c1", told, "web:a", NOW);
      const held = guarded(one, { suspicion: "words" });
      const linked = guarded(one, { alike: ["c0"] });
      const complaint = folded(linked);
      const barred = barredFor(questionOf(complaint), directory);
      const cluster = { newest: "c1", cases: ["c1"], persons: 3, size: 3 };
      const answered = answeredBy(complaint);
      const review = createReview("2026-11", rules.guards, directory);
      review.take(answered);
      const [doubtful] = review.doubtful();
      const reviewed = doubtful?.to
        ? tellReview(
            answered,
            { month: "2026-11", agency: doubtful.agency, to: doubtful.to },
            [doubtful],
            NOW,
            rules,
          )
        : { deliveries: [] };
      const all = [held, linked, tellCluster(complaint, cluster, [complaint], NOW, rules), reviewed];
      for (const { to } of all.flatMap(({ deliveries }) => deliveries))
        if (to.kind === "agency" && barred.has(to.agency))
          wrong.push(`${kind} about ${agency.id} to ${to.agency}`);
    }
    expect(wrong).toEqual([]);
  }, 120_000);

  /** Answered at once by whoever holds it: something for its superior's list. */
  function answeredBy(complaint: Complaint): Complaint {
    const by = { agency: complaint.holders[0] ?? COORDINATOR, via: "chat" } as const;
    const taken = applyEvent(complaint.id, complaint, { type: "acknowledged", at: NOW.toISOString(), by });
    return applyEvent(complaint.id, taken, {
      type: "answered",
      at: NOW.toISOString(),
      by,
      text: "Đã nhắc nhở",
    });
  }

  it("stands in public figures only as one of at least five, and never where it is protected", () => {
    const cases = ["attitude", "bribe", "harassment"].flatMap(
      (kind, index) => several(index === 0 ? 4 : 9, { kind: kind as Filing["kind"] }).cases,
    );
    const facts = cases.map((complaint) => factsOf(complaint, "2026-11-22", rules.workingTime));
    expect(publicFigures(facts, 5)).toEqual({ rows: [], filed: 0, months: [], satisfaction: [] });
    const more = [...facts, ...several(5).cases.map((one) => factsOf(one, "2026-11-22", rules.workingTime))];
    const published = publicFigures(more, 5);
    expect(published.rows).toMatchObject([{ kind: "attitude", filed: 9 }]);
    expect(figureFaults(published, more, 5)).toEqual([]);
  });
});
