import type * as vietnamese from "./citizen-case.ts";

export const timeline: typeof vietnamese.timeline = {
  heading: "What happened:",
  earlier: (count) => `(${count} earlier lines or shortened words: press “Show more”)`,
  shortened: "(some words are shortened: press “Show more”)",
  more: "Show more",
  filed: (agencies) => `You sent the complaint to ${agencies}.`,
  received: "You sent the complaint.",
  quarantined: "Held back for a person to look at first, since many like it came within a few minutes.",
  released: (agencies) => `Passed to ${agencies}.`,
  objected: "You did not accept that; somebody else will look at it.",
  delivered: (agency) => `It reached ${agency}.`,
  undeliverable: (agency) => `It could not be delivered to ${agency}; the person in charge is on it.`,
  acknowledged: (agency) => `${agency} took it on.`,
  progress: (agency, text) => `${agency} reports: “${text}”`,
  asked: (agency, text) => `${agency} asks: “${text}”`,
  informed: (text) => `You added: “${text}”`,
  transferred: (agency, to, reason) => `${agency} passed it to ${to}. Reason: ${reason}`,
  extended: (agency, until, reason) => `${agency} moved the answer to ${until}. Reason: ${reason}`,
  answered: (agency, text) => `${agency} answered: “${text}”`,
  confirmed: "You said that it is solved.",
  disputed: (reason, agencies) => `You said that it is not solved: “${reason}”. Passed to ${agencies}.`,
  reminded: {
    agency: "Those who must answer were reminded.",
    overdue: "The answer was due; those who must answer were reminded.",
    question: "You were reminded of the question.",
    confirm: "You were asked again whether it is solved.",
  },
  escalatedNowhere: "Still not solved; all levels above have been told.",
  closed: {
    no_reply: "Closed, because your answer did not come.",
    unconfirmed: "Closed without your confirmation.",
    thanked: "Closed with thanks.",
  },
  withdrawn: (reason) => (reason ? `You withdrew it: “${reason}”` : "You withdrew it."),
  reopened: "You went on with the withdrawn complaint.",
  protected: (agency) => `Moved to the protected lane: from here on only ${agency} sees and handles it.`,
  nudged: "You asked for a reminder; it was sent.",
  rated: "You rated the answer (kept confidential).",
  evidenceAdded: (names) => `You added: ${names}.`,
  held: (reason) => `Preserved: not deleted when the time for keeping it is over. Reason: ${reason}`,
  unheld: "No longer preserved.",
  expiring:
    "The time for keeping it is nearly over: the contents will be deleted unless they must be preserved.",
  identityAsked: (agency, reason) => `${agency} asked who you are. Reason: ${reason}`,
  identityRefused: "You did not agree to give your name.",
  identityApproved: (reason) => `One authorised person asked to open your name. Reason: ${reason}`,
  identityOpened: {
    consent: (agency) => `You agreed to let ${agency} know your name.`,
    "two-persons": (agency) => `Two authorised persons together opened your name to ${agency}.`,
  },
};

export const standing: typeof vietnamese.standing = {
  why: (reason) => `Why: ${reason}`,
  escalated: {
    delivery: "it could not be delivered, so the coordinator takes it on",
    acknowledge: "nobody has acknowledged it, so the level above takes part",
    answer: "it is overdue, so the level above takes part",
    repair: "it was not put right in time, so the level above takes part",
  },
  disputed: "you said that it is not solved",
  protected: "it is in the protected lane; only this office may see it",
  next: {
    look: (by) => `Next: a person looks at it and it goes to the agency, by ${by} at the latest.`,
    acknowledge: (by) => `Next: somebody takes it on by ${by}; after that I tell the level above.`,
    answer: (by) => `Next: an answer by ${by}.`,
    repair: (by) => `Next: it is put right by ${by}.`,
    escalate: (by) => `Next: if there is no answer by ${by}, I tell a higher level.`,
    deliver: (by) => `Next: if it is not delivered by ${by}, the coordinator takes it.`,
    question: (by) => `Next: you answer the question by the end of ${by}.`,
    confirm: (by) => `Next: you say whether it is solved by the end of ${by}.`,
    praise: (by) => `They may answer until ${by}; then I close it with thanks.`,
    human: "All levels have been told; the person in charge is following it.",
  },
  addFacts: "Add information",
  withdraw: "Withdraw",
  nudge: "Remind the agency",
  resume: "Go on with it",
};

export const relay: typeof vietnamese.relay = {
  which: "Which complaint do you mean?",
  none: "None of your complaints allows this now. Type “track” to see how they stand.",
  askFacts: (code) => `Write what you want to add to complaint ${code}; I pass it to those who handle it:`,
  sent: (code) => `Added to complaint ${code} and passed to those who handle it.`,
  sentHeldBack: (code) =>
    `Added to complaint ${code}. A person will look at this too before it goes to the agency.`,
  sentClosed: (code) =>
    `Passed to the agency. Complaint ${code} is still closed; if it is not solved, press “Not solved” to reopen it.`,
  contacts: (kinds) =>
    `Your text contains: ${kinds}. If it is sent, the agency will see it. How shall I send it?`,
  sendAsIs: "Send as it is",
  sendWithout: (kinds) => `Send without: ${kinds}`,
  nudged: (code, agencies) => `${agencies} has been reminded of complaint ${code}.`,
  nudgedTooSoon: (code, days) =>
    `Complaint ${code} was just sent or reminded. I remind them myself when it is due; you can do so again ${days} working days after that.`,
};

export const withdrawal: typeof vietnamese.withdrawal = {
  askPressure: (code) =>
    `Withdraw complaint ${code}? In private, only you see this: does anybody force or threaten you to withdraw it?`,
  forced: "Yes, I am forced or threatened",
  free: "No, it is my own wish",
  keep: "Do not withdraw",
  askReason: (code) =>
    `Why do you withdraw complaint ${code}? Write one sentence, or press the button to withdraw it now.`,
  quit: "Withdraw without a reason",
  done: (code, until) =>
    `Complaint ${code} is withdrawn. To go on with it, press “Go on with it” until the end of ${until}.`,
  resumed: (code, due) => `Complaint ${code} goes on. Answer due by: ${due}.`,
  kept: (code) => `Complaint ${code} stays as it is; it is not withdrawn.`,
  protected: (code, custodian) =>
    `Complaint ${code} is not withdrawn and is now in the protected lane: from now on only ${custodian} sees and handles it. ` +
    "Nobody else gets any more news of it, nor learns why. Your name stands in no message.",
  withoutContacts: (kinds) =>
    `I passed your last words on without: ${kinds}. If that office should have it, type “add information”.`,
  stillProtected: (code) => `Complaint ${code} is in the protected lane. I have told those who keep it.`,
  alreadyProtected: (code) => `Complaint ${code} is in the protected lane and is not withdrawn.`,
  advice:
    "In danger call 113 (police) at once and go where people are.\n" +
    "Keep messages, calls and recordings of the pressure; you need not reply to that person. To tell more, type “add information”.",
  law: "Those who report corruption are protected like denouncers (Law on Anti-Corruption 2018 (Luật Phòng, chống tham nhũng), Article 67.2).",
  fearToo:
    "If the pressure is over a complaint that you sent before: press its code, and I move it to the protected lane at once.",
  whichFear: "I will help you now. Which complaint is the pressure about? I move it to the protected lane:",
};

export const survey: typeof vietnamese.survey = {
  result: (code) =>
    `Two short questions, you may skip them (complaint ${code}). Who rates stays confidential (Decree 118/2025/NĐ-CP, Article 29); ratings are only counted.\n` +
    "Question 1: Are you satisfied with the result?",
  conduct: "Question 2: Are you satisfied with the conduct of the officials?",
  levels: {
    1: "Very dissatisfied",
    2: "Dissatisfied",
    3: "Neither",
    4: "Satisfied",
    5: "Very satisfied",
  },
  skip: "Skip",
  thanks: "Thank you. If something is not right yet, type “not solved” and I reopen it.",
};

export const identity: typeof vietnamese.identity = {
  asked: (code, agency, reason, known) =>
    `${agency} asks who you are in complaint ${code}.\nReason: “${reason}”\n` +
    (known
      ? "If you agree, I tell this agency alone the name and phone number you gave, once. "
      : "If you agree, I ask for your name and tell it to this agency alone, once. ") +
    "If you do not agree, your complaint is handled all the same.",
  consent: "Agree to give my name",
  refuse: "I do not agree",
  askName: "Type your full name (and a phone number if you like). If you change your mind, type “cancel”.",
  opened: (code, agency) => `${agency} alone has been told your name in complaint ${code}.`,
  refused: (code) =>
    `Recorded: you do not agree. Your name in complaint ${code} stays sealed; it is handled all the same.`,
  approved: (code, agency, reason) =>
    `An authorised person asks that ${agency} be told your name in complaint ${code} although you have not agreed.\nReason: “${reason}”\nIt is not opened yet: a second person in another position is needed.`,
  openedByTwo: (code, agency, reason) =>
    `Two authorised persons have together told ${agency} your name in complaint ${code}, once.\nReason: “${reason}”\nIf you do not feel safe, type “I am threatened” to move it to the protected lane.`,
  contactCaution:
    "(This message contains a phone number or e-mail of the agency. If you contact it directly, it learns who you are; if you write here, it does not.)",
};

export const praise: typeof vietnamese.praise = {
  praiseAnswered: (code, agency, text) =>
    `${agency} writes about your praise ${code}:\n“${text}”\nThank you for your praise.`,
  praiseClosed: (code, reached) =>
    `Thank you. Your praise ${code}${reached ? ` has reached ${reached} and` : ""} is closed.`,
};
