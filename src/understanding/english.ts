import { syllables } from "../text/fold.ts";

/** Words that no Vietnamese sentence typed without marks has. */
const ENGLISH = new Set(
  (
    "what how where when which why who of for with and is are was were have has had would should could does did need want " +
    "please asked told they their his her this that from not any officer office official application documents " +
    "papers police wife husband daughter company years week month next last much without from into back after before " +
    "ward register registration certificate birth marriage license complaint complain report money process"
  ).split(" "),
);
/** Common words that may be Vietnamese as well, typed without marks: "Mỹ", "thẻ", "thêm", "đo". */
const EITHER = new Set(
  "i my me them any we the to do a an in it at on by so no he she you your get got can will be am long take m s t".split(
    " ",
  ),
);
/** Fewer words are too little to tell by. */
const LEAST = 4;
/** The share of English words from which a message is English, and how many must be English alone. */
const PLAIN = { share: 0.4, own: 2 };

/** Whether a message is plainly English. */
export function isEnglish(text: string): boolean {
  const parts = syllables(text);
  if (parts.length < LEAST || parts.filter(({ marked, folded }) => marked !== folded).length > 1)
    return false;
  const said = parts.map(({ typed }) => typed.toLowerCase());
  const own = said.filter((word) => ENGLISH.has(word));
  const known = said.filter((word) => ENGLISH.has(word) || EITHER.has(word));
  return own.length >= PLAIN.own && known.length >= PLAIN.share * parts.length;
}
