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
/** Foreign words that Vietnamese is full of. */
const BORROWED = new Set(
  (
    "online offline internet web website app apps email gmail mail facebook fanpage zalo tiktok youtube shopee lazada grab " +
    "visa passport shop showroom spa karaoke homestay resort hotel villa condotel container logistics camera laptop " +
    "logo video livestream startup freelancer marketing visa vneid file scan print copy test check case web wifi data " +
    "baby gym yoga fitness casino golf bar pub club cafe coffee menu order ship shipper sale seller visa"
  ).split(" "),
);
/** Fewer words are too little to tell by. */
const LEAST = 4;
/**
 * The share of English words from which a message is English, and how many must be English alone: those of the list; in a
 * larger share also those that are spelt as no Vietnamese syllable is, more of them where no word of the list, "I" or "my" is.
 */
const PLAIN = { share: 0.4, own: 2 } as const;
const SPELT = { share: 0.7, own: 2 } as const;
const UNADDRESSED = { share: 0.75, own: 3 } as const;
/** How a Vietnamese syllable is spelt, without marks. */
const SYLLABLE =
  /^(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnpqrstvx])?(?:oa|oe|uo|uy|ie|ye|ia|ua|ue|uu|[aeiouy])?[aeiouy]?[aeiouy]?(?:ch|nh|ng|[cmnpt])?$/;
/** Short forms have no vowels ("gplx"), or few letters. */
const FOREIGN = /^(?=.*[aeiou])[a-z]{3,}$/;
const I = /^(?:i|my)$/;

/** Whether a message is plainly English. */
export function isEnglish(text: string): boolean {
  const parts = syllables(text);
  if (parts.length < LEAST || parts.filter(({ marked, folded }) => marked !== folded).length > 1)
    return false;
  const said = parts.map(({ typed }) => typed.toLowerCase());
  const own = said.filter((word) => ENGLISH.has(word));
  const known = said.filter((word) => ENGLISH.has(word) || EITHER.has(word));
  if (own.length >= PLAIN.own && known.length >= PLAIN.share * parts.length) return true;
  const spelt = said.filter((word) => !ENGLISH.has(word) && !EITHER.has(word) && isForeign(word));
  const addressed = own.length > 0 || said.some((word) => I.test(word));
  const { share, own: least } = addressed ? SPELT : UNADDRESSED;
  return own.length + spelt.length >= least && known.length + spelt.length >= share * parts.length;
}

function isForeign(word: string): boolean {
  return FOREIGN.test(word) && !SYLLABLE.test(word) && !BORROWED.has(word);
}
