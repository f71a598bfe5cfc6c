import { describe, expect, it } from "vitest";
import { machine, type Running } from "./machine.ts";
import { codeIn, visitor } from "./visitor.ts";

type Linked = { readonly code: string; readonly url: string };

/** A browser's side of the desk. */
function browser({ address }: Running, cookie = "") {
  const ask = (path: string, body?: unknown): Promise<Response> =>
    fetch(`${address}/desk/api/${path}`, {
      headers: { Cookie: cookie, "Content-Type": "application/json", "X-Motcua-Desk": "1" },
      ...(body !== undefined && { method: "POST", body: JSON.stringify(body) }),
    });
  return { cookie, ask };
}

describe("the officials' desk", () => {
  it("is opened by the link that the operator's command prints, and stays open through a restart", async () => {
    const office = await machine({}, { light: true });
    let program = await office.start();
    const told = await office.run(["link", "ubnd-tp-da-nang"]);
    expect(told.stdout).toMatch(new RegExp(`^LK-.*\n${program.address}/desk#LK-`));
    expect(told.stdout).toMatch(
      /Before \d{4}-\d\d-\d\d \d\d:\d\d \(Vietnam time\) the official \(ubnd-tp-da-nang, officer\)/,
    );
    const named = await office.run(["link", "uy ban nhan dan thanh pho da nang", "--json"]);
    expect(JSON.parse(named.stdout)).toMatchObject({ agency: "ubnd-tp-da-nang" });
    const { stdout } = await office.run(["link", "ubnd-tp-da-nang", "--role", "head", "--json"]);
    const { code, url } = JSON.parse(stdout) as Linked;
    expect(url).toBe(`${program.address}/desk#${code}`);

    const page = await fetch(`${program.address}/desk`);
    expect(page.status).toBe(200);
    const policy = page.headers.get("Content-Security-Policy") ?? "";
    expect(policy).toContain("default-src 'none'; script-src 'sha256-");
    expect(policy).not.toContain("unsafe");
    const html = await page.text();
    expect(html.length).toBeLessThan(100_000);
    expect(html).not.toMatch(/ on\w+=|style="|https?:\/\/(?!www\.w3\.org)/);

    const citizen = visitor(program.address);
    await citizen.tells(
      "tôi nộp hồ sơ làm khai sinh ở UBND xã Núi Thành, Đà Nẵng ngày 2/11 hẹn 9/11 mà tới nay chưa trả",
    );
    const trackingCode = codeIn((await citizen.presses("Đồng ý gửi")).text);

    const signedIn = await browser(program).ask("sign-in", { code });
    expect(signedIn.status).toBe(200);
    const cookie = (signedIn.headers.get("Set-Cookie") ?? "").split(";")[0] ?? "";
    await program.stop();
    program = await office.start();
    const official = browser(program, cookie);
    const me = await official.ask("me");
    expect([me.status, await me.json()]).toEqual([
      200,
      {
        agency: "Ủy ban nhân dân thành phố Đà Nẵng",
        role: "Người đứng đầu",
        cases: true,
        coordinates: false,
      },
    ]);
    const { revision } = (await (await official.ask(`cases/${trackingCode}`)).json()) as { revision: number };
    const act = { action: "answer", form: { found: "Hồ sơ trễ ba ngày.", done: "Đã trả." }, revision };
    expect((await official.ask(`cases/${trackingCode}/acts`, act)).status).toBe(200);
    await citizen.at(program.address).hears("Kết quả xác minh: Hồ sơ trễ ba ngày.", "Đã giải quyết: Đã trả.");
    expect((await official.ask("sign-out", {})).status).toBe(200);
    expect((await official.ask("me")).status).toBe(401);
    for (const secret of [code, cookie.split("=")[1] ?? code]) expect(program.output()).not.toContain(secret);
  });

  it("is closed by the operator's command to sessions that were stolen, while the program runs and while it does not", async () => {
    const office = await machine({}, { light: true });
    let program = await office.start();
    const signIn = async (role: string) => {
      const { stdout } = await office.run(["link", "ubnd-tp-da-nang", "--role", role, "--json"]);
      const { code } = JSON.parse(stdout) as Linked;
      const signedIn = await browser(program).ask("sign-in", { code });
      return (signedIn.headers.get("Set-Cookie") ?? "").split(";")[0] ?? "";
    };
    const cookies = [await signIn("head"), await signIn("officer")];
    const seen = () =>
      Promise.all(cookies.map(async (cookie) => (await browser(program, cookie).ask("me")).status));
    expect(await seen()).toEqual([200, 200]);
    const one = await office.run(["unlink", "ubnd-tp-da-nang", "--role", "head", "--json"]);
    expect(JSON.parse(one.stdout)).toEqual({ agency: "ubnd-tp-da-nang", role: "head", unbound: 1 });
    expect(await seen()).toEqual([401, 200]);
    await program.stop();
    const all = await office.run(["unlink", "ubnd-tp-da-nang"]);
    expect(all).toMatchObject({ code: 0, stdout: expect.stringMatching(/^ubnd-tp-da-nang: 1 unbound/) });
    program = await office.start();
    expect(await seen()).toEqual([401, 401]);
  });

  it("has a link also while the program is not running", async () => {
    const office = await machine(
      { PUBLIC_URL: "https://motcua.example", RATE_LIMITS: "on", MOTCUA_NOW: "" },
      { light: true },
    );
    const { stdout } = await office.run(["link", "dieu-phoi", "--role", "coordinator", "--json"]);
    const { code, url } = JSON.parse(stdout) as Linked;
    expect(url).toBe(`https://motcua.example/desk#${code}`);
  });
});
