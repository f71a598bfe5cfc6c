import { z } from "zod";
import { ComplaintKind } from "./complaint-kind.ts";
import { Day, Text } from "./source.ts";

/** What stands in braces in a template and is filled in from the case; days are written as people write them. */
export const TEMPLATE_FACTS = ["code", "due", "filed", "procedure", "dossier", "agency"] as const;
export type TemplateFact = (typeof TEMPLATE_FACTS)[number];

const FACTS: readonly string[] = TEMPLATE_FACTS;

const Wording = Text.superRefine((text, context) => {
  for (const [, name = ""] of text.matchAll(/\{([^}]*)\}/g)) {
    if (FACTS.includes(name)) continue;
    const message = `no fact {${name}}; use one of ${FACTS.map((fact) => `{${fact}}`).join(", ")}`;
    context.addIssue({ code: "custom", message });
  }
});

const named = {
  id: z.string().regex(/^[a-z0-9-]+$/, "use small letters without marks, digits and hyphens"),
  title: Text,
  /** Kinds of complaints it fits; none: all. */
  kinds: z.array(ComplaintKind).default([]),
};

/** A reply (mẫu trả lời) that officials start from; what stands as `[điền: …]` only they can fill in. */
export const ReplyTemplate = z.discriminatedUnion("action", [
  z.strictObject({
    ...named,
    action: z.literal("answer"),
    parts: z.strictObject({
      found: Wording,
      done: Wording,
      basis: Wording.optional(),
      next: Wording.optional(),
    }),
  }),
  z.strictObject({ ...named, action: z.enum(["ask", "progress", "transfer", "extend"]), text: Wording }),
]);
export type ReplyTemplate = z.infer<typeof ReplyTemplate>;

/** `knowledge/reply-templates.yaml`: this service's policy; law in it is taken from the rules. */
export const ReplyTemplates = z.strictObject({
  templates: z.array(ReplyTemplate).superRefine((templates, context) => {
    templates.forEach(({ id }, index) => {
      if (templates.findIndex((other) => other.id === id) === index) return;
      context.addIssue({
        code: "custom",
        path: [index, "id"],
        message: `${id} is already taken; choose another`,
      });
    });
  }),
  source: Text,
  status: z.literal("policy"),
  checked: Day,
});
