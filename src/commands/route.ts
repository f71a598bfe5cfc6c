import { parseArgs } from "node:util";
import { z } from "zod";
import { agencyName } from "../complaints/file.ts";
import { route as choose } from "../complaints/route.ts";
import type { Guide } from "../conversation/guide.ts";
import { ComplaintKind } from "../knowledge/complaint-kind.ts";
import { type Command, InputError, UsageError } from "./command.ts";
import { commandGuide } from "./guide.ts";

const Question = z.object({
  kind: ComplaintKind,
  code: z.string().optional(),
  place: z.string().optional(),
  about: z.string().optional(),
});
type Question = z.infer<typeof Question>;

export const route: Command = {
  summary: "who must answer a complaint, and why",
  usage:
    'route --kind late [--code 1.001193] [--place "xã Núi Thành, Đà Nẵng"] [--about AGENCY-ID] [--json], or one JSON a line',
  run: async (context) => {
    const { values } = parseArgs({
      args: [...context.args],
      options: {
        kind: { type: "string" },
        code: { type: "string" },
        place: { type: "string" },
        about: { type: "string" },
        json: { type: "boolean", default: false },
      },
    });
    const { guide } = await commandGuide(context);
    const tell = (question: unknown): void => {
      const parsed = Question.safeParse(question);
      if (!parsed.success) throw new InputError(`kind must be one of ${ComplaintKind.options.join(", ")}`);
      const chosen = routeOf(parsed.data, guide);
      context.out(
        values.json
          ? `${JSON.stringify(chosen)}\n`
          : `${chosen.to.map(({ name }) => name).join(", ")}\n${chosen.why.join("\n")}\n`,
      );
    };
    if (values.kind !== undefined) {
      tell(values);
      return 0;
    }
    if (context.args.some((arg) => arg !== "--json")) throw new UsageError("--kind is missing");
    for await (const line of context.lines()) if (line.trim() !== "") tell(jsonOf(line));
    return 0;
  },
};

type Named = { readonly id: string; readonly name: string };

function routeOf(question: Question, guide: Guide): { to: Named[]; copy: Named[]; why: readonly string[] } {
  const { directory } = guide.rules;
  const procedure = question.code ? guide.finder.subject(question.code) : undefined;
  const found = question.place ? guide.reader.gazetteer.find(question.place, true) : undefined;
  const about = question.about ? aboutOf(question.about, guide) : undefined;
  const chosen = choose(
    {
      kind: question.kind,
      about,
      place: found?.commune?.code ?? found?.province?.code,
      agencyKind: procedure?.agencyKind,
    },
    directory,
  );
  const named = (id: string): Named => ({ id, name: agencyName(id, directory) });
  const notes = question.place && !found ? [`Không tìm ra nơi “${question.place}”`] : [];
  return { to: chosen.to.map(named), copy: chosen.copy.map(named), why: [...notes, ...chosen.why] };
}

/** An agency's id, or its name as people say it. */
function aboutOf(text: string, { rules }: Guide): { id?: string; name: string } {
  const agency = rules.directory.agencies.get(text);
  return agency ? { id: agency.id, name: agency.name } : { name: text };
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new InputError(`not JSON: ${line.slice(0, 80)}`);
  }
}
