import { describe, expect, it } from "vitest";
import { createControl } from "../src/control.ts";
import { hashLinkCode } from "../src/inbox/official.ts";
import { CITY, COMMUNE, NOW } from "./complaints/case.ts";
import { knowledge } from "./fixtures/real-knowledge.ts";
import { deskOffice } from "./http/desk-office.ts";

describe("an operator who unbinds officials", () => {
  it("takes the desk and the chat from those of the role named, then from the whole agency, and from no other", async () => {
    const { store, signsIn, link } = await deskOffice();
    const control = createControl({ store, clock: () => NOW, knowledge });
    const head = await signsIn(COMMUNE, "head");
    const officer = await signsIn(COMMUNE, "officer");
    const city = await signsIn(CITY, "head");
    const official = {
      sender: "telegram:5",
      agency: COMMUNE,
      role: "head",
      boundAt: NOW.toISOString(),
    } as const;
    await store.commit({ bind: { official, codeHash: hashLinkCode(await link(COMMUNE, "head")) } });

    expect(await control.unlink(COMMUNE, "head")).toBe(2);
    expect(await store.official("telegram:5")).toBeUndefined();
    const statuses = async () =>
      Promise.all([head, officer, city].map(async (seat) => (await seat.get("me")).status));
    expect(await statuses()).toEqual([401, 200, 200]);
    expect(await control.unlink(COMMUNE)).toBe(1);
    expect(await control.unlink(COMMUNE)).toBe(0);
    expect(await statuses()).toEqual([401, 401, 200]);
  });

  it("is told of an agency that does not exist, yet unbinds who is bound to one that is no more", async () => {
    const { store, signsIn } = await deskOffice();
    const control = createControl({ store, clock: () => NOW, knowledge });
    expect(await control.unlink("phong-da-bo")).toBeUndefined();
    await signsIn("phong-da-bo", "officer");
    expect(await control.unlink("phong-da-bo")).toBe(1);
  });
});
