import { randomBytes } from "node:crypto";
import { expect, it, onTestFinished } from "vitest";
import { createRecentFilings } from "../../src/complaints/recent-filings.ts";
import type { EvidenceStore } from "../../src/evidence/evidence.ts";
import { createInbox } from "../../src/inbox/receive.ts";
import type { Reply } from "../../src/messages/message.ts";
import { openEvidenceFiles } from "../../src/store/evidence-files.ts";
import { NotSaved, type Store } from "../../src/store/store.ts";
import { vietnamese } from "../../src/wording/citizen.ts";
import { NOW, rules } from "../complaints/case.ts";
import { guide } from "../conversation/talk.ts";
import { jpeg } from "../fakes/pictures.ts";
import { dataFolder } from "../store/folder.ts";

const { complaint: asks, evidence: words } = vietnamese;
const STORY = "Tôi bị cán bộ xã Núi Thành, Đà Nẵng quát mắng và đuổi về khi hỏi giấy tờ";

/** A person before the inbox, and the folders of files as they are when a commit begins. */
async function person({ full = false } = {}) {
  const folder = await dataFolder();
  onTestFinished(folder.remove);
  let now = NOW;
  let failing = false;
  const clock = (): Date => now;
  const opened = await folder.open({ clock });
  const disk = { bsize: 4096, blocks: 1_000_000, bavail: full ? 1000 : 500_000 };
  const evidence = openEvidenceFiles(folder.data, clock, () => Promise.resolve(disk));
  let before: readonly boolean[] = [];
  const store: Store = {
    ...opened,
    commit: async (change) => {
      before = await filedIn(evidence);
      if (failing) throw new NotSaved("full");
      return opened.commit(change);
    },
  };
  const receive = createInbox({
    store,
    evidence,
    guide,
    clock,
    recent: createRecentFilings(rules.guards),
    random: randomBytes,
    nudge: () => undefined,
    log: () => undefined,
  });
  let messages = 0;
  let choices: Reply["choices"] = [];
  const send = async (said: { text: string } | { choice: string }, file?: Buffer): Promise<string> => {
    now = new Date(now.getTime() + 1000);
    const message = { key: `m${++messages}`, conversation: "web:a", sender: "web:a", privately: true };
    const body =
      "text" in said
        ? { kind: "text" as const, text: said.text }
        : { kind: "choice" as const, id: said.choice };
    const replies = await receive({ ...message, origin: "here", body }, file && { load: async () => file });
    choices = replies.at(-1)?.choices ?? [];
    return replies.map(({ text }) => text).join("\n");
  };
  const presses = (label: string): Promise<string> =>
    send({ choice: choices.find((one) => one.label === label)?.id ?? "" });
  return {
    says: (text: string): Promise<string> => send({ text }),
    presses,
    sends: (file: Buffer): Promise<string> => send({ text: "" }, file),
    /** Answers nothing until the preview is shown. */
    preview: async (): Promise<void> => {
      for (let turn = 0; turn < 8 && !choices.some(({ label }) => label === asks.send); turn++)
        await send({ text: "bỏ qua" });
    },
    fail: (fails: boolean): void => {
      failing = fails;
    },
    /** Of each folder whether it was marked as filed: when the last commit began, and now. */
    filed: async () => ({ before, now: await filedIn(evidence) }),
  };
}

async function filedIn(evidence: EvidenceStore): Promise<boolean[]> {
  const found: boolean[] = [];
  for await (const owner of evidence.owners()) found.push((await evidence.stateOf(owner))?.filed ?? false);
  return found;
}

it("files are marked as filed before the commit that files them, and not while they may be thrown away", async () => {
  const anna = await person();
  await anna.says(STORY);
  await anna.sends(jpeg());
  await anna.preview();
  expect(await anna.filed()).toEqual({ before: [false], now: [false] });
  anna.fail(true);
  await expect(anna.presses(asks.send)).rejects.toThrow(NotSaved);
  anna.fail(false);
  expect(await anna.presses(asks.send)).toContain("MC-");
  expect(await anna.filed()).toEqual({ before: [true], now: [true] });
});

it("files of a complaint that is given up are destroyed at once", async () => {
  const anna = await person();
  await anna.says(STORY);
  await anna.sends(jpeg());
  await anna.preview();
  await anna.presses(words.takeOut);
  expect((await anna.filed()).now).toEqual([]);
});

it("while files would take the room that complaints need, the complaint goes without them", async () => {
  const anna = await person({ full: true });
  await anna.says(STORY);
  expect(await anna.sends(jpeg())).toContain("không còn chỗ cho tệp");
  expect((await anna.filed()).now).toEqual([]);
  await anna.preview();
  expect(await anna.presses(asks.send)).toContain("MC-");
});
