import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { buildLibrary, type Library, type Subject, titleOf } from "../../src/answers/subjects.ts";
import type { Catalogue } from "../../src/knowledge/catalogue.ts";
import type { ImportedProcedure } from "../../src/knowledge/imported-procedure.ts";
import type { Knowledge } from "../../src/knowledge/load.ts";
import { catalogueOf, imported } from "../fixtures/imported.ts";
import { curated, knowledge } from "../fixtures/real-knowledge.ts";

const BIRTH = curated("1.001193");
const DA_NANG = "48";

const few: Knowledge = { ...knowledge, procedures: [BIRTH], phrasings: new Map() };
const libraryOf = (records: readonly ImportedProcedure[], of: Knowledge = few): Library =>
  buildLibrary(of, catalogueOf(records));
const importedOf = ({ subjects }: Library): readonly Subject[] => subjects.filter((one) => !one.curated);

const NAME = "Cấp giấy phép nuôi chim yến";
const national = imported({ code: "1.900005", name: NAME });
const here = imported({ code: "1.900001", name: NAME, province: "Thành phố Đà Nẵng" });
const there = imported({ code: "1.900002", name: `Thủ tục ${NAME}`, province: "Tỉnh Nghệ An" });

describe("twins", () => {
  it("count as one subject, for which the national record speaks", () => {
    const [subject, ...more] = importedOf(libraryOf([here, there, national]));
    expect(more).toEqual([]);
    expect(subject).toMatchObject({ code: "1.900005", name: NAME, local: false });
    expect(subject?.members.map(({ code }) => code)).toEqual(["1.900005", "1.900001", "1.900002"]);
  });

  it("that are all provincial have the first by its code speak for them, and are marked so", () => {
    const [subject, ...more] = importedOf(libraryOf([there, here]));
    expect(more).toEqual([]);
    expect(subject).toMatchObject({ code: "1.900001", local: true });
    expect(subject?.members.map(({ province }) => province)).toEqual([
      { code: DA_NANG, name: "Thành phố Đà Nẵng" },
      { code: "40", name: "Tỉnh Nghệ An" },
    ]);
  });

  it.each([
    ["another level at the end", "Cấp giấy phép nuôi chim yến (cấp tỉnh)"],
    ["another level in words", "Cấp giấy phép nuôi chim yến thực hiện tại cấp xã"],
    ["“Thủ tục” before it", "Thủ tục: Cấp giấy phép nuôi chim yến"],
    ["other signs and letters", "CẤP GIẤY PHÉP NUÔI CHIM YẾN."],
    ["another order of words", "Nuôi chim yến: cấp giấy phép"],
  ])("may differ in their names by %s", (_how, name) => {
    const { subjects, documents } = libraryOf([national, imported({ code: "1.900009", name })]);
    expect(subjects).toHaveLength(2);
    expect(documents).toHaveLength(2);
  });

  it("are not taken for one when a word more is in the name", () => {
    for (const name of [
      `${NAME} trong khu dân cư`,
      "Cấp lại giấy phép nuôi chim yến",
      "Cấp giấy phép nuôi chim",
    ])
      expect(importedOf(libraryOf([national, imported({ code: "1.900009", name })])), name).toHaveLength(2);
  });

  it("are known by the province's name of today and by those before July 2025", () => {
    const provinces = ["Tỉnh Quảng Nam", "Quảng Nam", "UBND thành phố Đà Nẵng"].map((province, at) =>
      imported({ code: `1.90000${at}`, name: NAME, province }),
    );
    const [subject] = importedOf(libraryOf(provinces));
    expect(subject?.members.map(({ province }) => province)).toEqual([
      { code: DA_NANG, name: "Tỉnh Quảng Nam" },
      { code: DA_NANG, name: "Quảng Nam" },
      // Not a province's name: kept as the portal writes it.
      { code: "UBND thành phố Đà Nẵng", name: "UBND thành phố Đà Nẵng" },
    ]);
  });

  it("bring what is said around them and how people ask for any of them", () => {
    const phrasings: Knowledge["phrasings"] = new Map([
      [there.code, { asked: "some", phrasings: ["nuôi yến ở quê"] }],
      [national.code, { asked: "often", phrasings: ["xin phép làm nhà yến"] }],
    ]);
    const result = ["Giấy phép nuôi yến"];
    const documents = [{ name: "Bản vẽ nhà yến" }];
    const own = imported({ ...national, result, documents });
    const { subjects, documents: searched } = libraryOf([there, own], { ...few, phrasings });
    const at = subjects.findIndex(({ code }) => code === national.code);
    expect(subjects[at]?.asked).toBeDefined();
    expect(searched[at]).toEqual({
      id: national.code,
      names: [NAME],
      phrasings: ["nuôi yến ở quê", "xin phép làm nhà yến"],
      context: [national.sector, "Giấy phép nuôi yến", "Bản vẽ nhà yến"],
    });
  });
});

describe("a curated record", () => {
  it("wins over the imported one of the same code, and of its older codes", () => {
    const record = { ...BIRTH, sameAs: ["1.900077"] };
    const { subjects } = libraryOf(
      [imported({ code: BIRTH.code, name: "Tên khác" }), imported({ code: "1.900077", name: "Tên cũ" })],
      { ...few, procedures: [record] },
    );
    expect(subjects).toHaveLength(1);
    expect(subjects[0]).toMatchObject({ code: BIRTH.code, title: BIRTH.title, curated: true, local: false });
  });

  it("takes in twins by its official name, and still speaks for itself", () => {
    const twin = imported({
      code: "1.900008",
      name: `${BIRTH.name} (cấp xã)`,
      province: "Thành phố Đà Nẵng",
    });
    const { subjects } = libraryOf([twin]);
    expect(subjects).toHaveLength(1);
    expect(subjects[0]?.code).toBe(BIRTH.code);
    expect(subjects[0]?.members).toEqual([
      { code: BIRTH.code, name: BIRTH.name },
      { code: twin.code, name: twin.name, province: { code: DA_NANG, name: "Thành phố Đà Nẵng" } },
    ]);
    expect(subjects[0]?.local).toBe(false);
  });

  it("stands before imported ones, each subject beside its document", () => {
    const { subjects, documents } = libraryOf([here, national]);
    expect(subjects.map(({ curated: one }) => one)).toEqual([true, false]);
    expect(documents.map(({ id }) => id)).toEqual(subjects.map(({ code }) => code));
  });
});

describe("who a subject is for", () => {
  const of = (more: Readonly<Record<string, unknown>>): Subject | undefined =>
    importedOf(libraryOf([imported(more)]))[0];

  it("is read off the portal's words", () => {
    expect(of({ audience: ["Công dân Việt Nam", "Người nước ngoài"] })).toMatchObject({
      forCitizens: true,
      forBusinesses: false,
    });
    expect(of({ audience: ["Doanh nghiệp", "Hợp tác xã"] })).toMatchObject({
      forCitizens: false,
      forBusinesses: true,
    });
    expect(of({ audience: ["Tổ chức (không bao gồm doanh nghiệp, HTX)"] })?.forBusinesses).toBe(true);
  });

  it("is central only where a ministry alone handles it", () => {
    expect(of({ level: ["ministry"] })?.central).toBe(true);
    expect(of({ level: ["ministry", "province"] })?.central).toBe(false);
    expect(of({ level: ["commune"] })?.central).toBe(false);
  });

  it("names the agency's kind only where one kind answers for its sector at its level", () => {
    const kinds = [...knowledge.kinds.values()];
    const able = (sector: string, level: string): string[] =>
      kinds.filter((kind) => kind.sectors.includes(sector) && kind.level === level).map(({ kind }) => kind);
    let one = 0;
    for (const { sectors, level } of kinds)
      for (const sector of sectors) {
        const found = of({ sector, level: [level] });
        const [only, ...more] = able(sector, level);
        if (more.length === 0) one++;
        expect(found?.agencyKind, `${sector} ${level}`).toBe(more.length === 0 ? only : undefined);
      }
    expect(one).toBeGreaterThan(0);
    expect(of({ sector: "Lĩnh vực không có", level: ["commune"] })?.agencyKind).toBeUndefined();
  });
});

describe("the title on a button", () => {
  it("is the name without “Thủ tục”, with a capital, whole where it fits", () => {
    expect(titleOf("Thủ tục cấp giấy phép")).toBe("Cấp giấy phép");
    expect(titleOf("THỦ TỤC HÀNH CHÍNH: cấp giấy phép")).toBe("Cấp giấy phép");
    expect(titleOf("đăng ký khai sinh")).toBe("Đăng ký khai sinh");
    expect(titleOf("Thủ tục")).toBe("Thủ tục");
    const fits = `Cấp ${"a".repeat(56)}`;
    expect(titleOf(fits)).toBe(fits);
  });

  it("ends at a whole word where it must be shortened", () => {
    const name = "Cấp giấy phép thành lập cơ sở giáo dục mầm non, tiểu học (có vốn đầu tư nước ngoài)";
    expect(titleOf(name)).toBe("Cấp giấy phép thành lập cơ sở giáo dục mầm non, tiểu học…");
  });

  it("has at most sixty characters and never ends in the middle of anything, whatever the name", () => {
    const name = fc
      .array(fc.stringMatching(/^[\p{L}\d,.():;/-]{1,14}$/u), { minLength: 1, maxLength: 20 })
      .map((words) => words.join(" "));
    fc.assert(
      fc.property(name, (official) => {
        const title = titleOf(official);
        expect(title.length).toBeLessThanOrEqual(60);
        expect(title).not.toBe("");
        if (title.endsWith("…"))
          expect(official.toLowerCase()).toContain(title.slice(0, -1).toLowerCase().slice(1));
      }),
    );
  });
});

describe("the real knowledge without a catalogue", () => {
  let library: Library;
  beforeAll(() => {
    library = buildLibrary(knowledge, undefined);
  });

  it("has a subject for each record, each code once", () => {
    const codes = library.subjects.flatMap(({ members }) => members.map(({ code }) => code));
    expect(codes.toSorted()).toEqual(knowledge.procedures.map(({ code }) => code).toSorted());
  });

  it("puts at most sixty characters on a button", () => {
    for (const { title } of library.subjects) expect(title.length, title).toBeLessThanOrEqual(60);
  });

  it("is not changed by being read", () => {
    const catalogue: Catalogue = catalogueOf([here]);
    const before = structuredClone(catalogue.briefs);
    buildLibrary(knowledge, catalogue);
    expect(catalogue.briefs).toEqual(before);
  });
});
