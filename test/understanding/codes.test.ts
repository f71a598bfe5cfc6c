import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  dossierCodeIn,
  emailIn,
  looksLikeTrackingCode,
  makeTrackingCode,
  phoneIn,
  procedureCodeIn,
  trackingCodeIn,
} from "../../src/understanding/codes.ts";

const ALPHABET = Array.from("0123456789ABCDEFGHJKMNPQRSTVWXYZ");
const code = fc.uint8Array({ minLength: 11, maxLength: 11 }).map((random) => makeTrackingCode(random));
/** Where the twelve letters of a code stand in it. */
const PLACES = [3, 4, 5, 6, 8, 9, 10, 11, 13, 14, 15, 16];

function withLetter(of: string, at: number, letter: string): string {
  return of.slice(0, at) + letter + of.slice(at + 1);
}

describe("a tracking code", () => {
  it("is twelve letters of Crockford's base32 in three groups", () => {
    fc.assert(
      fc.property(code, (made) => {
        expect(made).toMatch(/^MC(?:-[0-9A-HJKMNP-TV-Z]{4}){3}$/);
      }),
    );
  });

  it("carries all eleven random letters, so that different draws give different codes", () => {
    const low = (bytes: Uint8Array): string => bytes.map((byte) => byte & 31).join();
    const random = fc.uint8Array({ minLength: 11, maxLength: 11 });
    fc.assert(
      fc.property(random, random, (one, other) => {
        expect(makeTrackingCode(one) === makeTrackingCode(other)).toBe(low(one) === low(other));
      }),
    );
  });

  it("is read back however it was typed: any case, with spaces, without hyphens, inside a sentence", () => {
    fc.assert(
      fc.property(code, (made) => {
        const bare = made.replaceAll("-", "");
        for (const typed of [
          made,
          made.toLowerCase(),
          bare,
          bare.toLowerCase(),
          made.replaceAll("-", " "),
          made.replaceAll("-", " - "),
          `tra cứu ${made} giúp tôi`,
          `Mã của tôi là ${made}.`,
          `"${made}"`,
          made.replaceAll(/./g, (letter) => String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0xfee0)),
        ]) {
          expect(trackingCodeIn(typed), typed).toBe(made);
          if (/\d/.test(made)) expect(looksLikeTrackingCode(typed), typed).toBe(true);
        }
      }),
    );
  });

  it("is understood with O for 0 and with I or l for 1", () => {
    fc.assert(
      fc.property(code, (made) => {
        const swap = (one: string): string => `MC${made.slice(2).replaceAll("0", "O").replaceAll("1", one)}`;
        for (const one of ["I", "l", "L", "i"]) expect(trackingCodeIn(swap(one))).toBe(made);
        expect(trackingCodeIn(swap("1").toLowerCase())).toBe(made);
      }),
    );
  });

  it("is refused with any single letter wrong", () => {
    fc.assert(
      fc.property(code, (made) => {
        for (const at of PLACES) {
          for (const letter of ALPHABET) {
            if (letter !== made[at]) expect(trackingCodeIn(withLetter(made, at, letter))).toBeUndefined();
          }
        }
      }),
      { numRuns: 25 },
    );
  });

  it("is refused with two neighbours swapped", () => {
    fc.assert(
      fc.property(code, (made) => {
        PLACES.slice(1).forEach((at, index) => {
          const before = PLACES[index] ?? 0;
          const [left = "", right = ""] = [made[before], made[at]];
          if (left === right) return;
          const swapped = withLetter(withLetter(made, before, right), at, left);
          expect(trackingCodeIn(swapped), swapped).toBeUndefined();
        });
      }),
      { numRuns: 1000 },
    );
  });

  it("is refused with the neighbours swapped that differ by half the alphabet", () => {
    // A sum modulo 32 with odd weights cannot see these.
    const made = makeTrackingCode(Uint8Array.from([2, 18, 0, 0, 0, 0, 0, 0, 0, 0, 0]));
    expect(trackingCodeIn(made)).toBe(made);
    expect(trackingCodeIn(withLetter(withLetter(made, 3, made[4] ?? ""), 4, made[3] ?? ""))).toBeUndefined();
  });

  it("never holds the letter U, which is none of its own", () => {
    fc.assert(
      fc.property(code, (made) => {
        for (const at of PLACES) expect(trackingCodeIn(withLetter(made, at, "U"))).toBeUndefined();
      }),
    );
  });

  it("is refused with a letter too few or too many, but still seen as meant for one", () => {
    fc.assert(
      fc.property(code, fc.constantFrom(...ALPHABET), (made, letter) => {
        expect(trackingCodeIn(made.slice(0, -1))).toBeUndefined();
        expect(trackingCodeIn(made + letter)).toBeUndefined();
        expect(looksLikeTrackingCode(withLetter(made, 5, made[5] === "7" ? "8" : "7"))).toBe(true);
      }),
    );
  });

  it("is found behind a mistyped one", () => {
    const made = makeTrackingCode(Uint8Array.from({ length: 11 }, (_, at) => at + 3));
    const wrong = withLetter(made, 16, made[16] === "Z" ? "Y" : "Z");
    expect(trackingCodeIn(`${wrong}, à nhầm, ${made}`)).toBe(made);
  });

  it("is not seen in texts without one", () => {
    for (const text of [
      "",
      "mc",
      "làm lại căn cước",
      "MC đám cưới hết bao nhiêu",
      "H26.19-261106-0042",
      "0905123456",
      "1.001193",
    ]) {
      expect(trackingCodeIn(text), text).toBeUndefined();
      expect(looksLikeTrackingCode(text), text).toBe(false);
    }
  });
});

describe("other codes and numbers", () => {
  it("tells a procedure's national code from everything that looks like it", () => {
    expect(procedureCodeIn("thủ tục 1.001193 cần gì")).toBe("1.001193");
    expect(procedureCodeIn("(mã 2.000815).")).toBe("2.000815");
    for (const text of [
      "0905123456",
      "11.001193",
      "1.0011934",
      "3.1.001193",
      "1.500.000 đồng",
      "079200001193",
      "H26.19-261106-0042",
    ]) {
      expect(procedureCodeIn(text), text).toBeUndefined();
    }
  });

  it("reads a dossier code as printed on the slip, in either case, long or short", () => {
    expect(dossierCodeIn("mã H26.19-261106-0042 nha")).toBe("H26.19-261106-0042");
    expect(dossierCodeIn("h17.25-261105-0012")).toBe("H17.25-261105-0012");
    expect(dossierCodeIn("000.00.15.H17-250901-0007")).toBe("000.00.15.H17-250901-0007");
    expect(dossierCodeIn("G22.99.12-261001-123456")).toBe("G22.99.12-261001-123456");
    expect(dossierCodeIn("Ｈ26.19-261106-0042")).toBe("H26.19-261106-0042");
  });

  it("takes no phone number, ID number, date, amount or other code for a dossier", () => {
    for (const text of [
      "0905123456",
      "0905-123-456",
      "048199012345",
      "1.001193",
      "05-11-2026",
      "B1234567",
      "MC-7K4P-29QX-84MT",
      "43A-123.45",
      "118/2025/NĐ-CP",
      "H26.19-2611-0042",
    ]) {
      expect(dossierCodeIn(text), text).toBeUndefined();
    }
  });

  it("reads phone numbers as people write them", () => {
    expect(phoneIn("Nguyễn Văn A, 0901234567")).toBe("0901234567");
    expect(phoneIn("sđt 0901 234 567 nha")).toBe("0901234567");
    expect(phoneIn("0901.234.567")).toBe("0901234567");
    expect(phoneIn("+84 901 234 567")).toBe("+84901234567");
    expect(phoneIn("84901234567")).toBe("84901234567");
    expect(phoneIn("nhà 0236 3888 888")).toBe("02363888888");
  });

  it("takes no ID number, code, date or amount for a phone number", () => {
    for (const text of [
      "048199012345",
      "048 199 012 345",
      "201234567",
      "H26.19-261106-0042",
      "000.00.15.H17-250901-0007",
      "1.001193",
      "05/11/2026",
      "2.000.000 đồng",
      "113",
      "MC-0000-0000-0000",
    ]) {
      expect(phoneIn(text), text).toBeUndefined();
    }
  });

  it("reads an e-mail address out of a sentence", () => {
    expect(emailIn("gửi về nguyen.van-a+1@mail.example.com nhé")).toBe("nguyen.van-a+1@mail.example.com");
    expect(emailIn("a@b.vn.")).toBe("a@b.vn");
    for (const text of ["không có", "a@b", "@example.com", "a @ b.vn"])
      expect(emailIn(text), text).toBeUndefined();
  });

  it("reads any text without failing, however long", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        for (const read of [procedureCodeIn, dossierCodeIn, phoneIn, emailIn, trackingCodeIn]) read(text);
      }),
    );
    for (const piece of ["MC-", "a.", "0 ", "1.0", "MC 0", "a@a.", "H1."]) {
      const long = piece.repeat(4000 / piece.length);
      const start = performance.now();
      for (const read of [
        procedureCodeIn,
        dossierCodeIn,
        phoneIn,
        emailIn,
        trackingCodeIn,
        looksLikeTrackingCode,
      ])
        read(long);
      expect(performance.now() - start, piece).toBeLessThan(5000);
    }
  });
});
