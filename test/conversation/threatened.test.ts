import { describe, expect, it } from "vitest";
import { vietnamese } from "../../src/wording/citizen.ts";
import { talk } from "./talk.ts";

const { complaint, before } = vietnamese;
const CUSTODIAN = "thanh-tra-tp-da-nang";

describe("threats told before anything is filed", () => {
  it.each([
    "Tôi bị cán bộ phường Hải Châu, Đà Nẵng đe dọa vì đã phản ánh",
    "Cán bộ phường Hải Châu, Đà Nẵng dọa sẽ không cho tôi làm giấy tờ nếu tôi khiếu nại",
    "can bo phuong hai chau da nang tra thu toi vi toi phan anh",
    "cán bộ phường Hải Châu, Đà Nẵng trù dập tôi vì tố cáo",
  ])("go to the custodian alone: %s", (text) => {
    const person = talk();
    person.types(text);
    if (!person.session().draft) person.types("phản ánh");
    for (let asked = 0; asked < 4 && person.draft().step !== "preview"; asked++)
      person.chooses(`d:skip:${person.draft().step}`);
    person.presses(complaint.send);
    expect(person.mine()[0]?.filing.threatened).toBe(true);
    expect(person.mine()[0]?.holders).toEqual([CUSTODIAN]);
  });

  it("are said in the preview, with 113", () => {
    const person = talk();
    const said = person.types("Tôi bị cán bộ phường Hải Châu, Đà Nẵng đe dọa vì đã phản ánh");
    expect(person.draft().step).toBe("preview");
    expect(said.text).toContain(before.lane("Thanh tra thành phố Đà Nẵng", false));
  });

  it.each([
    "UBND phường Hải Châu, Đà Nẵng hẹn 9/11 mà tới nay chưa trả thư xin lỗi, chưa trả hồ sơ cho tôi",
    "can bo phuong hai chau da nang hen 9/11 ma chua tra thu tuc dat dai cho toi",
    "Cán bộ phường Hải Châu, Đà Nẵng bắt ép tôi mua tờ khai mới cho nộp, tôi muốn phản ánh",
  ])("are not heard where there are none: %s", (text) => {
    const person = talk();
    person.types(text);
    expect(person.draft().threatened).toBeUndefined();
  });
});
