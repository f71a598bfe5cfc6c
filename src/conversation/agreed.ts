/** A typed yes or no, folded, to the one thing that is offered; "không biết", "bỏ qua" leave the question open. */
export const AGREES =
  /^(?:(?:da|vang|u|um|ok|oke|yes) )*(?:dung|phai|da|vang|u|um|ok|oke|yes)(?: (?:roi|vay|a|do|em|ban|no|nha))*$/;
export const DENIES =
  /^(?:da |a |u )?(?:khong|ko|k|hong|sai|nham|no)(?: (?:phai|dung|roi|dau|a|em|ban|cho|noi|do|nay|vay|that))*$/;
