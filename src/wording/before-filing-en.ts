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

  paths: {
    offer: "Other ways: complaint, denunciation",
    heard: {
      complaint:
        "A formal complaint (khiếu nại) needs a signed paper or a visit in person (Law on Complaints 2011, Article 8). Here I take it as feedback and send it at once, and draft the paper for you to print if you need it.",
      denunciation:
        "A formal denunciation (tố cáo) needs a paper with your name and signature, or a visit in person (Law on Denunciations 2018, Article 22). Here I take it as feedback and send it at once, and draft the paper for you to print if you need it.",
    },
    court:
      "Going to court is a way of its own, for which I cannot write the claim; please ask the court or a legal aid office.",
    feedback:
      "• Feedback (phản ánh): slowness or trouble made; anyone may send it. The body that manages the official, or the one above, looks into it (Decree 20/2008, Articles 5 and 9). The law sets no common time limit; Một Cửa sets one and reminds the agency. Agencies formally accept it only with a name and contact; without a name it still serves as information.",
    complaint:
      "• Complaint (khiếu nại, Law on Complaints 2011): only by whom a decision or act affects directly, within 90 days, with a name. The head of that body decides first, in 30 days, 45 if complex; 45 and 60 in remote areas.",
    denunciation:
      "• Denunciation (tố cáo, Law on Denunciations 2018): a breach of law; any individual, with a name, which is kept secret (Articles 8 and 56). The head of the agency that manages the accused decides in 30 days from acceptance; of a head, the superior.",
    crime:
      "• Danger, happening now: call 113. Signs of a crime must be passed at once to the police or procuracy (Law on Denunciations 2018, Article 27).",
    caution:
      "Law 136/2025 amended both laws from 01/07/2026; I could not read it whole, so please ask where you file.",
    stay: "Send as feedback",
  },

  paper: {
    offer: { complaint: "Draft a complaint to print", denunciation: "Draft a denunciation to print" },
    names: { complaint: "complaint (đơn khiếu nại)", denunciation: "denunciation (đơn tố cáo)" },
    later: (name) =>
      `I will draft the ${name} when you have told everything; the button stands under the preview.`,
    drafted: (name) =>
      `The ${name} is drafted, in Vietnamese. It is only your draft: not filed, sent to nobody.`,
    link: (url) => `Open it to print (valid for 24 hours): ${url}`,
    to: (authority) => `Where to hand it in: ${authority}.`,
    unknownTo:
      "I do not know who is competent, so the addressee is left empty; please ask the province's citizen reception board (Ban Tiếp công dân).",
    above: (authority) =>
      `If the accused is the head or a deputy, hand it in to: ${authority} (Law on Denunciations 2018, Articles 12 and 13).`,
    fill: "Fill in the dotted lines, check it, sign it (or give a fingerprint), then hand it in or post it; keep a copy and the receipt.",
    limits: {
      complaint:
        "Time limits: file within 90 days; first decision in 30 days, 45 if complex (45 and 60 in remote areas); a second complaint within 30 days (Law on Complaints 2011).",
      denunciation:
        "Time limits: first check in 7 working days (10 if it must be checked in several places); decision in 30 days from acceptance, extended once by 30 days if complex, twice if very complex (Law on Denunciations 2018).",
    },
    secret: "I never send what you denounce to the body denounced.",
    stay: "Back to the feedback",
  },

  lane: (names, money) =>
    `This case goes the guarded way because of ${money ? "a demand for money" : "a threat"}: only ${names} will see it, the body complained about will not. Keep messages and recordings; do not confront anyone; in danger call 113.`,

  nameHidden:
    "Your name and how to reach you are not sent, except for what you write in the text. To read more, type /privacy.",
  nameShown: "You gave your name: the recipient will see it. To hide it press “No name” under the preview.",

  keepWords: (text) => `“${text}” is not yet part of what will be sent. To add it press “Add to the text”.`,
  addWords: "Add to the text",
  goesTo: (names) => `This complaint will go to: ${names}.`,

  notMoney: (kind) => `No demand for money; it is: ${kind}`,

  threatened:
    "I have added the threat to this complaint: it goes the guarded way, and the body complained about will not see it. In danger call 113 at once.",

  aside: {
    two: (first, second) =>
      `I hear two matters: (1) ${first}; (2) ${second}. Each is a complaint of its own; let us take (1) first.`,
    one: "It is one matter after all",
    next: "There is still the second matter you told: press the button below to go on with it.",
    goOn: "Go on with the second matter",
    offer: (kind) => `Send a complaint: ${kind}`,
    guarded: "I am safe: record it guarded",
    anotherMatter: "Another matter: new complaint",
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
