import type * as vi from "./citizen-people.ts";

export const evidence: typeof vi.evidence = {
  taken: (name, count, most) => `Received ${name} (${count} of ${most} files).`,
  cleaned:
    "Place and time hidden in the picture were removed. Faces, number plates and papers in it can still be seen.",
  asItIs: "This file is passed on as it is: a voice, a name or details in it may tell who you are.",
  added: (code) =>
    `Passed on to those who handle complaint ${code}. Send more, or type what you want to say; press “Done” when you are.`,
  finish: "Done",
  finished: (code) => `All right. I tell you here as soon as there is news of complaint ${code}.`,
  takeOut: "Remove the files",
  how: (megabytes, most) =>
    `To add photos, PDF files or recordings, send them here (up to ${megabytes} MB each, ${most} files). Please do not send pictures of ID cards.`,
  refused: (why, megabytes, most) => {
    const reasons = {
      large: `it is larger than ${megabytes} MB`,
      empty: "it is empty",
      type: "this type is not taken (JPEG, PNG, WebP, GIF pictures; PDF; MP3, M4A, OGG sound; MP4 films)",
      damaged: "the picture is damaged or incomplete. Please take it again, or send a screenshot",
      unreachable: "it could not be fetched. Please send it again in a few minutes",
      room: "the server has no room for files now. Please send the complaint, and add the file later",
      many: `a complaint takes ${most} files at most`,
    };
    return `The file was not taken: ${reasons[why]}.`;
  },
  alone:
    "I did not keep this file, as I do not know which complaint it is for. Please choose, then send it again. Questions must be typed in words.",
  sendAgain: "I write this complaint down first. The file was not kept: please send it again now.",
  putAside: "Files are not kept until then: please send them again when you are reminded.",
  addTo: (code) => `Add to ${code}`,
};

export const consent: typeof vi.consent = {
  version: "en-2026-11",
  text: ({ person, files }) =>
    "By sending you agree that those named above use this text" +
    (person ? ", your name (and phone number if given)" : "") +
    (files ? `, and what is attached (${files})` : "") +
    ", only to settle this case. You can withdraw the complaint at any time.",
  given: (text) => `You agreed when sending: “${text}”`,
};

export const erasing: typeof vi.erasing = {
  ask:
    "Deleting your data:\n" +
    "– Deleted at once: this conversation, an unfinished complaint, files not sent yet.",
  closed: (codes) =>
    `– Deleted as well: text, name and files of complaints that are over: ${codes.join(", ")}. Only code, dates, kind, agency, whether it was late and how satisfied you were stay, for statistics; this cannot be undone.`,
  later: (code, from) =>
    `– Kept: ${code} is closed but can still be reopened. It can be deleted from ${from}.`,
  held: (code) => `– Kept: ${code} is preserved at the request of a competent body.`,
  open: (codes) =>
    `– Kept: ${codes.join(", ")} is being dealt with. To delete it, withdraw it first (type “withdraw”), or wait until it is over.`,
  agencies:
    "Agencies that received a complaint keep their own files under the law on archives (Decree 20/2008/NĐ-CP, Article 9); Một Cửa cannot delete those.",
  yes: "Delete the conversation",
  all: (count) => `Delete the conversation and ${count} finished complaints`,
  no: "Keep",
  done: "The data of this conversation has been deleted. Tracking codes of complaints you sent still work.",
  doneAll: (codes) =>
    `The data of this conversation and complaint ${codes.join(", ")} have been deleted. The code now only shows “deleted on request”.`,
  tombstone: {
    request: (code, when) => `Complaint ${code}: deleted on request on ${when}.`,
    retention: (code, when) => `Complaint ${code}: deleted on ${when}, as the time for keeping it was over.`,
  },
};

export const privacy: typeof vi.privacy = (operator, { closedMonths, draftDays, conversationDays }) =>
  "Privacy\n" +
  `– Who keeps your data: ${operator}\n` +
  "– What and why: questions, to answer them, with where you live and whether you ask for a business if you say so, for the conversation only (those unanswered are kept without saying who asked; please put no names or numbers in them); complaints, photos and files, to pass them on to the agency; name, phone and e-mail only if you give them.\n" +
  "– Who sees it: the agency sees what you previewed and agreed to send. Cases about demands for money or obstruction are anonymous unless you choose otherwise. An agency that does not know your name must ask you; without your consent only two authorised persons together can open it, and you are told. Your chat and e-mail addresses are never sent to an agency.\n" +
  "– Protection: encrypted; place and time are removed from photos. Telegram and Zalo also keep messages under their own rules.\n" +
  `– How long: complaints up to ${closedMonths} months after they are over; files of complaints not sent, ${draftDays} days; what you wrote without filing a complaint, ${conversationDays} days after your last message (our own rule).\n` +
  "– Your rights (Law on Personal Data Protection 91/2025/QH15): to know, see, correct, withdraw consent, delete, object, complain. Type “track” to see, “withdraw” to withdraw, “delete my data” to delete; anything else: “human”.";
