import type { beforeFiling } from "./before-filing.ts";

/** What a citizen reads before anything is filed, in English. */
export const beforeFilingEnglish: typeof beforeFiling = {
  remind: {
    offer: (day) => `Remind me on ${day}`,
    set: (day, hour) =>
      `Agreed: at ${hour} on ${day} I will remind you once, right here. Nothing has been sent; I keep what you told until then.`,
    notice: (day, what) =>
      `As agreed, a reminder: today (${day}) the result${what ? ` of ${what}` : ""} is due.\nIf it is not there when the office closes today, press “Report it as late”; you need not tell it again.`,
    dossier: (code) => `dossier ${code}`,
    procedure: (title) => `“${title}”`,
    late: "Report it as late",
    done: "I have the result",
    cancel: "Cancel the reminder",
    cancelDay: (day) => `Cancel the reminder of ${day}`,
    cancelled: (day) => `The reminder of ${day} is cancelled.`,
    thanks: "Thank you for telling me. I have dropped this reminder.",
    list: "The days I will remind you of:",
    line: (day, what) => `– ${day}${what ? `: ${what}` : ""}`,
    none: "There is no reminder.",
    full: "I can keep 5 reminders at most. Type “reminders” to cancel some.",
    again: "I remember what you told. Please look at it and send it.",
  },
};
