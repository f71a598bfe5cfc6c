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

  supplements: {
    ask: "How often were you asked to supplement papers, on a form or by word of mouth? (They may ask once, in full, on a form: Decree 118/2025, Articles 16.3 and 17.) If more than twice, type it, e.g. “3 times, orally”.",
    answers: {
      "1:written": "Once, on a form",
      "1:spoken": "Once, by word of mouth",
      "2:written": "Twice, on a form",
      "2:spoken": "Twice, by word of mouth",
    },
    askDay:
      "On which day did you last hand in papers? (e.g. 05/11/2026). If you do not remember, press Skip.",
    restarted: (from) =>
      `(A supplement starts the time limit anew, from the day the full dossier was in, ${from}; it is no pause: Decree 118/2025, Article 19.5.)`,
  },
};
