import { z } from "zod";
import { newSession } from "../conversation/session.ts";
import { takeTurn } from "./ask.ts";
import { type Command, InputError, takeJson } from "./command.ts";
import { commandGuide } from "./guide.ts";

const Dialogue = z.object({ id: z.string(), turns: z.array(z.string()) });

export const dialogue: Command = {
  summary: "hold one conversation a line of standard input",
  usage: 'dialogue   (reads {"id","turns":["…"]} a line, writes {"id","turns":[…]} a line)',
  run: async (context) => {
    // Its answers are JSON with or without the word.
    takeJson(context.args);
    const { guide, now } = commandGuide(context);
    let line = 0;
    for await (const text of context.lines()) {
      line++;
      if (text.trim() === "") continue;
      const { id, turns } = parseLine(text, line);
      let session = newSession();
      const told = turns.map((turn) => {
        const taken = takeTurn(turn, session, guide, now());
        session = taken.session;
        return taken.described;
      });
      context.out(`${JSON.stringify({ id, turns: told })}\n`);
    }
    return 0;
  },
};

function parseLine(text: string, line: number): z.infer<typeof Dialogue> {
  try {
    return Dialogue.parse(JSON.parse(text));
  } catch {
    throw new InputError(`line ${line} is not {"id": "…", "turns": ["…"]}; correct it`);
  }
}
