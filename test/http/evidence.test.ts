import { Hono } from "hono";
import { describe, expect, it } from "vitest";
import { COORDINATOR } from "../../src/complaints/route.ts";
import { giveEvidence, listFiles } from "../../src/http/evidence.ts";
import { createEvidenceLinks } from "../../src/http/evidence-links.ts";
import { CENTRE, COMMUNE, file, filing, rules } from "../complaints/case.ts";

const FILE = { id: "file-1", key: "", name: "anh-1.jpg", type: "image/jpeg", size: 3 } as const;
const links = createEvidenceLinks(new Uint8Array(32), () => "");

describe("a file of a case", () => {
  const { complaint } = file(filing({ evidence: [FILE] }));

  /** Who is shown it, and who gets it by the link that a notice has: the two must agree. */
  async function opens(reached: readonly string[]): Promise<string[]> {
    const reach = { ...rules, contactsOf: (id: string) => (reached.includes(id) ? [`email:${id}`] : []) };
    const app = new Hono().get("/evidence/:id", (c) =>
      giveEvidence(c, {
        store: { complaint: () => Promise.resolve(complaint) },
        files: { get: () => Promise.resolve(new Uint8Array(3)) },
        links,
        rules: reach,
        clock: () => new Date("2026-11-26T03:00:00Z"),
      }),
    );
    const found: string[] = [];
    for (const agency of [COMMUNE, CENTRE, COORDINATOR, "so-noi-vu-da-nang"]) {
      const url = links.link({ id: FILE.id, complaint: complaint.id, agency }, "2026-11-26");
      const { status } = await app.request(url);
      expect(status === 200, agency).toBe(listFiles(complaint, agency, reach, () => "").length > 0);
      if (status === 200) found.push(agency);
    }
    return found;
  }

  it("opens to its holder alone, and to the coordinator while that gets the holder's notices", async () => {
    expect(await opens([COMMUNE, CENTRE, COORDINATOR])).toEqual([COMMUNE]);
    expect(await opens([CENTRE, COORDINATOR])).toEqual([COMMUNE, COORDINATOR]);
  });
});
