import { day } from "./citizen.ts";

/** Codes shown at most. */
const MOST = 20;

/** Which cases are erased next. @param first ISO day of the earliest */
export function soonErased(codes: readonly string[], first: string): string {
  const more = codes.length > MOST ? `\n… và ${codes.length - MOST} phản ánh nữa` : "";
  return [
    `Sắp hết thời gian lưu giữ: ${codes.length} phản ánh đã kết thúc sẽ được xóa nội dung, sớm nhất sau ngày ${day(first)}.`,
    `${codes.slice(0, MOST).join(", ")}${more}`,
    "Vụ nào tòa án, thanh tra hoặc cơ quan có thẩm quyền còn cần: báo người quản trị để bảo lưu (motcua hold MÃ --reason LÝ-DO).",
  ].join("\n");
}
