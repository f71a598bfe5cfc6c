import type { ImportedFee } from "../knowledge/imported-procedure.ts";
import type { TimeLimit, TimeUnit, Way } from "../knowledge/procedure.ts";
import { beforeFilingEnglish } from "./before-filing-en.ts";
import { type Counted, clockTime, day, dong, runOf, type Wording } from "./citizen.ts";
import { identity, praise, relay, standing, survey, timeline, withdrawal } from "./citizen-case-en.ts";
import { consent, erasing, evidence, privacy } from "./citizen-people-en.ts";

const UNITS: Readonly<Record<TimeUnit, string>> = {
  "working-day": "working days",
  day: "days",
  "working-hour": "working hours",
  hour: "hours",
  month: "months",
};

const WAYS: Readonly<Record<Way, string>> = {
  counter: "In person at the counter",
  post: "By post",
  online: "Online",
};

const MISSING = {
  place: "in which commune or ward, and province, it happened",
  about: "which office or body",
  promised: "the day on the receipt slip, if you remember it",
} as const;
const PORTAL = "National Public Service Portal (Cổng Dịch vụ công quốc gia): https://dichvucong.gov.vn";

/** "1 working day", "3 working days". */
function amountOf(amount: number, unit: TimeUnit): string {
  return `${amount} ${amount === 1 ? UNITS[unit].slice(0, -1) : UNITS[unit]}`;
}

const TYPE_HERE = "Please type your answer right here.";

/**
 * Every sentence a citizen reads, in English for foreigners living in Viet Nam. Texts of records and officials stay
 * Vietnamese; inside a sentence they stand in quotation marks.
 */
export const english: Wording = {
  day,
  moment: (at) => {
    const { time, day: date } = clockTime(at);
    return `${time} on ${date}`;
  },
  unit: (unit: TimeUnit): string => UNITS[unit],
  way: (way: Way): string => WAYS[way],

  aspects: {
    documents: "Papers you need",
    time: "Time limit",
    fee: "Fees",
    where: "Where to go",
    online: "How to apply",
    steps: "Steps",
    legal: "Conditions, legal basis",
    result: "Result",
    general: "Summary",
  },

  card: {
    official: (name: string, code: string): string => `Official name: ${name} (code ${code})`,
    originals: (count: number): string => `${count} ${count === 1 ? "original" : "originals"}`,
    copies: (count: number): string => `${count} ${count === 1 ? "copy" : "copies"}`,
    present: "only shown, given back to you",
    when: (text: string): string => `when “${text}”`,
    form: (name: string): string => `form ${name}`,
    notNeeded: "You do not have to hand in:",
    notNeededLine: (what: string, why: string): string => `– ${what}: ${why}`,
    noDocuments: "There is no information about the papers yet.",
    conditions: "Conditions:",
    notes: "Please note:",
    mistakes: "Common mistakes:",
    variants: "Easily confused with:",
    related: "Often done before, along with or after it:",
    relatedChoice: (name: string): string => `Related: ${name}`,
    variant: (when: string, name: string): string => `– ${when}: ${name}`,
    basis: (texts: string): string => `Legal basis: ${texts}`,
    article: (number: string, article: string | undefined): string =>
      article ? `${article} ${number}` : number,
    checked: (checked: string, source: string, retrieved: string): string =>
      `Checked on ${day(checked)} against ${source} (version of ${day(retrieved)})`,
    secondary:
      "This comes from a secondary source (press, local documents); please ask the agency before you apply.",
    imported: (retrieved: string): string =>
      `From the national portal's data of ${day(retrieved)}, not yet checked by a person here`,
    stale: (since: string): string =>
      `⚠ These data are of ${day(since)} and may have changed; please look at the link below before you apply.`,
    expired: (since: string): string =>
      `My data on this procedure are too old (of ${day(since)}), so I do not answer from them. Please see the present version on the national portal:`,
    near: (commune: string, agency: string): string => `In ${commune}: ${agency}`,
    agency: (name: string): string => `Carried out by: ${name}`,
    onlyIn: (province: string): string => `A procedure of ${province} only`,
    unknown: "There is no information yet.",
    byCase: (count: number): string =>
      `More papers depend on the case (${count} cases): please choose yours below.`,
    moreDocuments: (count: number): string => `… and ${count} more, depending on the case.`,
    more: (count: number): string => `… and ${count} more: see the link below.`,
  },

  time: (limit: TimeLimit): string => {
    switch (limit.kind) {
      case "within":
        return `${amountOf(limit.amount, limit.unit)}, counted from ${limit.from ? `“${limit.from}”` : "receipt of a complete and valid application (hồ sơ)"}${limit.note ? ` (“${limit.note}”)` : ""}`;
      case "same-day":
        return limit.cutoff
          ? `the same working day; if received after ${limit.cutoff}, the next working day`
          : "the same working day";
      case "on-the-spot":
        return "on the spot, when you apply";
      case "unknown":
        return limit.note
          ? `no confirmed time limit; the record says: “${limit.note}”`
          : "no information yet";
    }
  },
  fee: (fee: ImportedFee): string => {
    switch (fee.kind) {
      case "amount": {
        const money = (amount: number): string => (fee.currency === "USD" ? `${amount} USD` : dong(amount));
        const upTo = fee.upTo ? ` to ${money(fee.upTo)}` : "";
        return `${money(fee.amount)}${upTo}${fee.per ? `/${fee.per}` : ""}${fee.note ? ` (${fee.note})` : ""}`;
      }
      case "free":
        return `free of charge (${fee.basis})`;
      case "local":
        return `set by ${fee.by}; the amount is not known here yet${fee.note ? `; the record says: “${fee.note}”` : ""}`;
      case "unknown":
        return fee.note
          ? `no confirmed amount in đồng; the record says: “${fee.note}”`
          : "no information yet";
    }
  },

  answers: {
    choose: "Which one do you mean? Press it or type its number:",
    whichProvince: (title: string): string =>
      `“${title}”: each province has a procedure of its own. Which province are you in? (I have no data on others.)`,
    placeIs: (asked: string, today: string): string => `${asked} is now, or is part of, ${today}.`,
    placeIsOneOf: (asked: string): string => `${asked} is now, or is part of, one of these:`,
    placeMore: (count: number): string => `… and ${count} more. Name the former commune or ward as well.`,
    placeSource:
      "From the resolutions on administrative units in force since 01/07/2025 (data of August 2025). If unsure, ask the local People's Committee.",
    placeNoted: (name: string): string => `Noted, for this conversation only: you are in ${name}.`,
    askerNoted: (business: boolean): string =>
      `Noted, for this conversation only: you ask for ${business ? "a business" : "a person"}.`,
    whatNeeded: "What do you need to do?",
    noneOfThese: "None of these",
    alsoAsked: (title: string): string =>
      `You also asked about “${title}”: press the first button below (or type 1).`,
    orRather: (title: string): string => `Or did you mean: ${title}?`,
    unknown:
      "Sorry, I have no reliable answer to this question, so I will not guess.\n" +
      "You can:\n– ask again in fewer words, for example “papers to register a birth”;\n" +
      "– search the National Public Service Portal (Cổng Dịch vụ công quốc gia): https://dichvucong.gov.vn;\n– ask a person: type “human”.\n" +
      "Questions I cannot answer are kept, without saying who asked, so that answers can be added.",
    unknownMaybe:
      "Sorry, I am not sure which procedure you mean, so I will not guess. If it is one of these, press it or type its number.\n" +
      "If not: ask again in fewer words, for example “papers to register a birth”, or type “human”. " +
      "Questions I cannot answer are kept, without saying who asked, so that answers can be added.",
    gap: (name: string): string =>
      `I have no procedure for “${name}” in my data, so I do not guess.\n` +
      "Please ask the People's Committee (UBND) of your commune or ward, or look at the national portal: https://dichvucong.gov.vn.\n" +
      "The question is kept so that the answer can be added; who asked is not kept.",
    offtopic:
      "I only help with administrative procedures and with complaints about officials and agencies. I am sorry that I cannot answer this.\n" +
      "If I got you wrong, please say what you need in other words; the question is kept for correction, without who asked.",
    offtopicMaybe:
      "I only help with administrative procedures and with complaints about officials and agencies. If you mean the one below, press it or type its number; anything else I am sorry that I cannot answer.\n" +
      "If I got you wrong, please say what you need in other words; the question is kept for correction, without who asked.",
    greeting:
      "Hello! I am the automatic assistant of Một Cửa, “one-stop shop” (not a human).\n" +
      "You can:\n– ask about a procedure: “what do I need to register a birth?”;\n– give feedback (phản ánh) on a late application, obstruction or a demand for money: type “complaint”;\n" +
      "– check a complaint you sent: type “track” and its code.",
    thanks: "You are welcome. Write any time you need something.",
    tooLong: "Your message is too long. Please shorten it (under 4000 characters).",
    empty: "I could not read any words. Please type your question in words.",
    unsupported: "I can only read text; I cannot listen to or look at this yet. Please type it in words.",
    noMenu: "There is no open list to choose this number from. Please type your question in words.",
    staleChoice: "This button is out of date. Please type what you need.",
    crisis: {
      police:
        "If you are in danger, call 113 (police) now. First get to a safe place with people around. If anyone is hurt: 115 (ambulance).\nOnce you are safe, I can help you send a complaint: type “complaint”.",
      child:
        "Call 113 (police) now, and 111 (national child protection hotline, free, day and night). If the child is hurt: 115 (ambulance).\nBring the child to a safe place if you can. Anyone who knows may report, not only the family.",
      fraud:
        "Do not pay, do not give any code or password, do not open unknown links. Hang up and call 113 (police).\nIf you already paid or gave a code: call your bank at once to lock the account. Keep the messages and the caller’s number.",
      fire: "Call 114 (fire and rescue) now. Get away from the fire and warn the people around you. If anyone is hurt: 115 (ambulance).",
      rescue:
        "Call 114 (rescue) and 115 (ambulance) now; floods, at sea, lost in the forest: 112 (search and rescue).\nShout for help, and do not go into danger alone.",
      medical:
        "Call 115 (ambulance) now, or get to the nearest hospital. Traffic accident, or somebody did it: also call 113 (police).",
      suicide:
        "I am very sorry that you are going through this. Neither you, nor the person you worry about, should be alone now: call 115 (ambulance) or someone close right away. Children: 111 (child protection hotline).\nI am a machine and cannot replace a person, but you deserve help.",
    },
    rule: {
      remedy: "If you are treated otherwise:",
      since: (iso: string): string => `In force since ${day(iso)}`,
    },
    complainNow: "Send a complaint",
    deadline: (due: string, title: string): string =>
      `By the time limit for “${title}”, your result is due by ${due} at the latest. If your receipt slip (giấy hẹn) gives another date, that date counts.`,
    deadlineUnknown: (title: string): string =>
      `There is no information yet about the time limit for “${title}”. Please see the date on your receipt slip (giấy hẹn).`,
    askProcedureForDeadline: "What did you apply for? (for example: replacing an ID card)",
  },

  feedback: {
    up: "👍 That is what I meant",
    down: "👎 Not quite",
    thanks: "Thank you for letting us know.",
    askReason: "Thank you. What was not right? Press it or type its number (you may leave it open):",
    reasons: {
      wrong: "Not what I asked about",
      missing: "What I need is missing",
      outdated: "Wrong or out of date",
      unclear: "Hard to understand",
    },
    thanksForReason: "Thank you. An editor will look at it. You can ask again in other words.",
  },

  menu: {
    help: (operator: string): string =>
      "I can help you:\n1. Ask about a procedure: just type your question.\n2. Send a complaint or feedback (phản ánh): type “complaint”.\n3. Check a complaint: type “track MC-…”.\n" +
      "You can always type: back, cancel, reminders, human, privacy, delete my data, Vietnamese.\n" +
      "For a complaint you sent: add information, remind the agency, withdraw. If you are forced or threatened because of it, type “I am threatened”.\n" +
      operator,
    operator: (name: string | undefined, contact: string | undefined): string =>
      name
        ? `Operated by: ${name}${contact ? ` (${contact})` : ""}.`
        : "Trial version: there is no official operator yet.",
    human: (contact: string | undefined): string =>
      (contact
        ? `Please contact the person in charge: ${contact}.\n`
        : "This version does not give a contact for the person in charge yet.\n") +
      `${PORTAL}\nOr go to the nearest Public Administration Service Centre (Trung tâm Phục vụ hành chính công) of a commune or ward.`,
    privacy,
    language:
      "From now on I answer in English. Details taken from official records stay in Vietnamese, so you can show them at the counter.",
    cancelled: "Stopped. Write any time you need something.",
    nothingToCancel: "There is nothing unfinished.",
    kept: "Nothing was changed.",
    group:
      "In a group chat I do not answer questions or take complaints, so that private matters stay private. Please message me directly.",
  },

  kinds: {
    late: "Late result",
    bribe: "Asked for money or a gift",
    harassment: "Obstruction, many trips",
    extra_documents: "Asked for extra papers",
    overcharge: "Charged a wrong amount",
    attitude: "Improper attitude",
    refusal: "Papers refused, passed around",
    praise: "Praise",
    suggestion: "Suggestion, proposal",
    other: "Something else",
  },

  statuses: {
    registered: "Registered, being sent to the agency",
    delivered: "Delivered to the agency",
    delivery_problem: "Not delivered to the agency yet; the person in charge is dealing with it",
    acknowledged: "Taken on by the agency (đã tiếp nhận)",
    in_progress: "The agency is working on it",
    needs_info: "The agency has a question for you",
    answered: "The agency has answered; waiting for you to confirm",
    disputed: "You said it is not solved; sent back to be dealt with",
    closed_confirmed: "Solved (confirmed by you)",
    closed_no_reply: "Closed, because your answer did not come",
    closed_unconfirmed: "The agency has answered; closed without your confirmation",
    closed_thanked: "Your praise was passed on; closed with thanks",
    withdrawn: "Withdrawn by you",
    erased: "Deleted",
    quarantined: "Registered; a person will look at it before it goes to the agency",
    rejected: "Looked at and not passed on to the agency",
  },

  overdue: {
    1: "Overdue; the agency has been reminded",
    2: "Overdue; its superior has been told",
    3: "Overdue; the next level has been told and the person in charge is following it",
  },

  evidence,
  consent,
  erasing,

  complaint: {
    start:
      "I will write down your complaint (phản ánh). Type “back” to change your last answer, “cancel” to stop.",
    heard: (kind: string): string => `I understand it is about: ${kind}.`,
    truthful: "Just tell what really happened; you can send it without proof.",
    askKind: "What is it about? Press a button, type a number, or just tell me:",
    askStory: "Please tell me: what happened, where, and when? One or two sentences are enough.",
    askMissing: (facts) =>
      [
        "To send it to the right place, please tell me more in one message (whatever you know):",
        ...facts.map((fact) => `– ${MISSING[fact]}`),
      ].join("\n"),
    missingUnclear:
      "I could not read that. Write for example “xã Núi Thành, Đà Nẵng; one-stop office; due 5/11”, or press Skip.",
    askPlace:
      "In which commune or ward (xã, phường) and province (tỉnh) did it happen? Old names (before 7/2025) are fine.",
    placeUnknown: (text: string): string =>
      `I could not find “${text}”. Please type it more exactly, for example “xã Núi Thành, Đà Nẵng”, or press “Skip”.`,
    placeMany: (name: string): string => `“${name}” is now more than one commune or ward.`,
    placeChoose: "Please choose the right place:",
    placeNow: (former: string, now: string): string => `${former} is now part of ${now}.`,
    askAbout:
      "Which agency or office is it about? If you complain about it, it will not handle that complaint itself.",
    askDossier:
      "What is the application code (mã hồ sơ) on your receipt slip (giấy hẹn)? (for example H17.25-261105-0012). If you have none, press “Skip”.",
    dossierUnclear:
      "I see no application code. It is on the receipt slip (giấy hẹn) and looks like H17.25-261105-0012. Type it again or press “Skip”.",
    askPromised:
      "Which date does the receipt slip (giấy hẹn) promise? Type day/month/year (for example 05/11/2026). If you do not remember, press “Skip”.",
    dayUnclear: "I could not read the date. Type day/month/year, as in 05/11/2026, or press “Skip”.",
    askPerson:
      "To find the application, the agency usually needs the name it was filed under. If you agree to send it (and a phone number if you like) for this case only, type it here; otherwise press “No name”.",
    personUnclear: "Type your full name (for example “Nguyễn Văn A, 0901234567”), or press “No name”.",
    insistPerson:
      "To protect you, this case is sent without your name. If you still want to give it, type your full name (and phone number); otherwise press “No name”.",
    askEmail:
      "Would you like news by e-mail? Type your address or press “Skip”. It is not sent to the agency.",
    emailTo: (address: string): string =>
      `News also goes to the e-mail address ${address} (not sent to the agency).`,
    emailUnclear:
      "I could not read an e-mail address. Type it again (for example name@gmail.com) or press “Skip”.",
    skip: "Skip",
    noName: "No name",
    preview: (notice: string, recipients: string, due: string): string =>
      `PREVIEW – the agency will see exactly this (its labels are in Vietnamese):\n———\n${notice}\n———\nSent to: ${recipients}\nAnswer due by: ${due}`,
    hidden: "Your name and contact details: NOT sent, except what you wrote in the text above.",
    send: "Agree and send",
    sendAnyway: "Agree and send anyway",
    editStory: "Rewrite the story",
    editPlace: "Correct the place",
    movePlace: (place) => `It happened in ${place}`,
    findBy:
      "The agency finds a dossier by its code or by your name. You may add it here now (the code, or name and phone number), or just send.",
    added: "Added.",
    placeChanged: (place) => `The place is now: ${place}.`,
    addDossier: "Add the dossier code",
    addEmail: "Get news by e-mail",
    removeEmail: "Remove e-mail",
    addName: "Add my name",
    removeName: "No name",
    cancel: "Cancel",
    cancelAsk: "Drop the complaint you are writing? What you typed will be lost.",
    cancelYes: "Drop it",
    cancelNo: "Keep writing",
    lapsed: (days: number): string =>
      `The unfinished complaint was deleted, as it was not sent within ${days} days.`,
    stillOpen: "You have an unfinished complaint.",
    nothingBefore: "This is already the first question.",
    useButtons: "Please press a button below or type its number.",
    filed: (code: string, recipients: string, due: string): string =>
      `Your complaint is registered.\nTracking code: ${code}\nMust answer: ${recipients}\nAnswer due by: ${due}\n` +
      `To check it: type “track ${code}”. I will tell you here as soon as there is news. Please keep this code.`,
    heldBack: (code: string, until: string): string =>
      `Your complaint is received.\nTracking code: ${code}\nMany complaints like it came within a few minutes, so a person will look at it before it goes to the agency, on ${until} at the latest. ` +
      `It is not lost. The time to answer runs from then.\nTo see how it stands, type “track ${code}”. I will tell you right here when there is news. Please keep this code.`,
    addedTo: (code: string, recipients: string, due: string): string =>
      `You already have an open complaint about this dossier. I have added what you wrote to it and opened no second one.\nTracking code (as before): ${code}\nWho must answer: ${recipients}\nAnswer due: ${due}`,
    addedToAnswered: (code: string): string =>
      `Complaint ${code} about this dossier has been answered. I have added what you wrote. If it is not solved, press “Not solved” and the agency must repair it.`,
    addedToHeldBack: (code: string, until: string): string =>
      `I have added what you wrote to complaint ${code} about this dossier. A person will look at it before it goes to the agency, on ${until} at the latest.`,
    why: (reasons: string): string => `Why it goes there: ${reasons}`,
    protectedNote: "If you are asked for money: keep messages, recordings and receipts. In danger, call 113.",
  },

  lateness: {
    late: (days: number, due: string, slip: boolean): string =>
      (days > 0
        ? `Your application is ${amountOf(days, "working-day")} late (it was due on ${due}`
        : `Your application is overdue (it was due on ${due}`) +
      (slip ? ")." : ", by the procedure's time limit)."),
    notLate: (due: string): string =>
      `Not late yet: it is due on ${due}. You can still send this if you wish.`,
    longPromise: (due: string, lawful: string): string =>
      `The promised date is later than the rules allow: the receipt slip says ${due}, the procedure's time limit ends on ${lawful}.`,
    moved: (promised: string): string =>
      `(The promised date ${promised} is a day off, so the next working day is taken.)`,
    lawful: (lawful: string): string => `By the procedure's time limit it was due on ${lawful}.`,
    ofProcedure: (title: string): string =>
      `(Time limit of “${title}”, if your papers were complete when you handed them in. After a supplement it starts again.)`,
    counted: ({ from, to, working, weekend, off, worked }: Counted): string =>
      [
        `Counted: ${day(from)} to ${day(to)} has ${amountOf(working, "working-day")}`,
        ...(weekend > 0 ? [`not counted: ${weekend} ${weekend === 1 ? "day" : "days"} of weekend`] : []),
        ...off.map((run) => `not counted: ${runOf(run)} (“${run.name}”)`),
        ...worked.map((run) => `counted: ${runOf(run)} (“${run.name}”)`),
      ].join("; ") + ".",
    unknown: {
      "no-date": "I cannot work out whether it is late, because the promised date is not known.",
      "no-limit":
        "I cannot work out whether it is late, because neither the promised date nor the time limit is known.",
      "several-limits":
        "I cannot work out whether it is late, because the procedure has several time limits, case by case.",
      supplemented:
        "Whether it is late cannot be worked out: the old due day does not count any more, and the procedure's time limit is not clear.",
      "no-year": "I cannot work out whether it is late, because I do not have the holidays of that year.",
    },
    pauses: {
      "financial-duty":
        "In land matters the time limit may be paused while the financial duty (nghĩa vụ tài chính) is open.",
      verification: "In civil status matters the time limit may be paused for verification (xác minh).",
      exchange: "For criminal records the time limit may be paused while agencies exchange information.",
    },
    askApology:
      "Did you get a written apology with a new date? (For a late result it is required at least 1 day before the due date, and only one new date is allowed.)",
    apology: {
      none: "No, nothing",
      in_time: "Yes, at least 1 day before",
      too_late: "Yes, but later than that",
      twice: "A new date twice or more",
    },
    askReappointed:
      "Which new date does the apology give? Type day/month/year (for example 05/11/2026). If you do not remember, press “Skip”.",
  },

  before: beforeFilingEnglish,

  dossier: {
    what: (code, received) =>
      `${code} is a dossier code${received ? `, received on ${received}` : ""}. I cannot see where the dossier is. What do you need?`,
    late: "This dossier is late",
    add: (code) => `Add it to complaint ${code}`,
    look: "Where do I look it up?",
    isIt: (code) => `Dossier code: ${code}`,
  },

  personal: {
    identity: "ID number",
    phone: "phone number",
    plate: "number plate",
    email: "e-mail address",
    name: "your name",
    found: (kinds: string): string => `Your text contains: ${kinds}. The agency will see it.`,
    takeOut: (kinds: string): string => `Take out: ${kinds}`,
  },

  status: {
    ask: "Please type your tracking code; it looks like MC-7K4P-29QX-84MT.",
    wrong: "This code is not right. It looks like MC-7K4P-29QX-84MT; please check every character.",
    none: "No complaint has this code. Please check every character.",
    noneYet:
      "No complaint has been sent from this conversation. If you sent one elsewhere, type “track” and its code.",
    of: (code: string): string => `Complaint ${code}`,
    head: (code: string, status: string): string => `Complaint ${code}\nStatus: ${status}`,
    stateElsewhere: "Its status can be seen only in the conversation that sent it.",
    filedOn: (when: string): string => `Sent: ${when}`,
    due: (when: string): string => `Answer due by: ${when}`,
    holders: (names: string): string => `Must answer: ${names}`,
    elsewhere: "Its content and the answers can be read only in the conversation that sent it.",
    yours: "Your complaints:",
    line: (code: string, status: string, due: string): string => `– ${code}: ${status} (due ${due})`,
    escalated: (names: string): string => `${names} has been asked to take part.`,
    rejected: (reason: string): string => `Not passed on to the agency. Reason: ${reason}`,
    reopens: (until: string): string => `If it is not solved, you can reopen it until the end of ${until}.`,
  },

  timeline,
  standing,
  relay,
  withdrawal,
  survey,
  identity,

  notices: {
    ...praise,
    delivered: (code: string, agency: string): string => `Complaint ${code} has reached ${agency}.`,
    undeliverable: (code: string): string =>
      `Complaint ${code} could not be delivered to the agency yet. It is waiting for the person in charge to deal with it. Your complaint is not lost.`,
    acknowledged: (code: string, agency: string, due: string): string =>
      `${agency} has taken on (tiếp nhận) complaint ${code}. Answer due by: ${due}.`,
    progress: (code: string, agency: string, text: string): string =>
      `${agency} reports on complaint ${code}:\n“${text}”`,
    asked: (code: string, agency: string, text: string): string =>
      `${agency} has a question about complaint ${code}:\n“${text}”\n${TYPE_HERE}`,
    transferred: (code: string, agency: string, reason: string): string =>
      `Complaint ${code} has been passed to ${agency}. Reason: ${reason}. The due date stays the same.`,
    extended: (code: string, agency: string, until: string, reason: string, apology?: string): string =>
      `${agency} apologises and moves the answer to complaint ${code} to ${until}. Reason: ${reason}.${apology ? `\nApology: “${apology}”` : ""}`,
    answered: (code: string, agency: string, text: string): string =>
      `${agency} answers complaint ${code}:\n“${text}”\nHas your matter been solved?`,
    unacknowledged: (code: string, agencies: string): string =>
      `Nobody has taken on complaint ${code} yet. I have asked ${agencies} to step in.`,
    overdue: (code: string, due: string, agencies: string): string =>
      `The answer to complaint ${code} was due on ${due} and has not come; I am sorry. I have reminded ${agencies} and keep following it.`,
    escalated: (code: string, agencies: string): string =>
      `Complaint ${code} is still not dealt with. I have told ${agencies}.`,
    escalatedFurther: (code: string, agencies: string): string =>
      `Complaint ${code} is still not dealt with. I have now told ${agencies}; the person in charge is following it too.`,
    questionReminder: (code: string, agency: string, text: string, until: string): string =>
      `${agency} is still waiting for your answer about complaint ${code}:\n“${text}”\n${TYPE_HERE} If nothing comes by ${until}, I will close the complaint for now.`,
    confirmReminder: (code: string, until: string): string =>
      `Complaint ${code} has been answered. Has your matter been solved? If nothing comes by ${until}, I will close it as not confirmed.`,
    closedNoReply: (code: string, until: string | undefined): string =>
      `Complaint ${code} has been closed because your answer did not come.${until ? `\nTo go on, press “Answer the question” until the end of ${until}.` : ""}`,
    closedUnconfirmed: (code: string, until: string | undefined): string =>
      `Complaint ${code} has been closed without your confirmation.${until ? `\nIf it is not solved, press “Not solved” to reopen it, until the end of ${until}.` : ""}`,
    released: (code: string, agencies: string, due: string): string =>
      `Complaint ${code} has been passed on to ${agencies}. Answer due: ${due}.`,
    rejected: (code: string, reason: string, until: string | undefined): string =>
      `A person has looked at complaint ${code} and does not pass it on to the agency.\nReason: ${reason}${until ? `\nIf you do not agree, press “I do not agree” by ${until}; somebody else will look at it.` : ""}`,
    object: "I do not agree",
    /** What stands in the chat, and what a letter says in its place. */
    typeHere: TYPE_HERE,
    typeThere: "Please open the conversation that filed the complaint and type your answer there.",
    byMail:
      "(This message was sent automatically. Please reply in the conversation that filed the complaint, not to this e-mail.)",
    solved: "Solved",
    notSolved: "Not solved",
    answerQuestion: "Answer the question",
  },

  doors: {
    answersOff: (reason: string): string =>
      `I have stopped answering questions for now. Reason: ${reason}\nPlease look at https://dichvucong.gov.vn, or type “human”. Sending and tracking complaints work as usual.`,
    intakeOff: (reason: string, elsewhere: string): string =>
      `I have stopped taking new complaints for now. Reason: ${reason}\n${elsewhere}\nIn danger, call 113. Complaints already sent are still followed up.`,
    sendingOff: (reason: string, elsewhere: string): string =>
      `This complaint cannot be sent yet, as I have stopped taking complaints. Reason: ${reason}\nIt is kept; press “Agree and send” when I take complaints again.\n${elsewhere}\nIn danger, call 113.`,
    agencyOff: (agency: string, reason: string): string =>
      `${agency} cannot be reached from here for now. Reason: ${reason} Your complaint is kept and goes out as soon as it can.`,
    channelOff: (reason: string, elsewhere: string): string =>
      `I have stopped working on this channel for now; your message was not dealt with. Reason: ${reason}\n${elsewhere}\nIn danger, call 113.`,
    tooManyFiled: (when: string, elsewhere: string): string =>
      `Many complaints were just sent from this conversation, so the next one has to wait. It is kept: press “Agree and send” from ${when} on.\nIf it is urgent:\n${elsewhere}\nIn danger, call 113.`,
    tooManyLookUps: (when: string): string =>
      `Many codes that do not exist were just looked up, so I have stopped looking up codes here until ${when}. Please check the code in the message you got.`,
  },

  after: {
    confirmed: (code: string): string => `Thank you. Complaint ${code} is recorded as solved.`,
    askVerdict: (code: string): string => `Complaint ${code}: has it been solved?`,
    offerDispute: (code, reason) =>
      `Complaint ${code} is not solved, is it? Press, and I pass these words to the agency:\n“${reason}”`,
    sendDispute: "Pass this on: not solved",
    askReason: "What is not solved yet? Write one sentence and I will send it back at once.",
    disputed: (code: string, agencies: string): string =>
      `Recorded: not solved. Complaint ${code} has been passed to ${agencies}.`,
    askInformation: (code: string): string =>
      `Please type your answer to the agency about complaint ${code}:`,
    sendInformation: (code: string): string =>
      `Send this to the agency as your answer about complaint ${code}?`,
    informed: (code: string): string => `Your answer has been passed to the agency (complaint ${code}).`,
    objected: (code: string): string =>
      `Noted: you do not agree. Somebody else will look at complaint ${code}.`,
    tooLate: "This has changed in the meantime. Type “track” to see how it stands now.",
  },
};
