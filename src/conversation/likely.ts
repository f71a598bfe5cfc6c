/** From here on the kind that a message sounds like is taken for its kind. */
export const LIKELY = 0.5;

/** The button that goes on with what was told beside something else. */
export const TELL_ASIDE = "a:tell";
